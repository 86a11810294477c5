using HandMeshEngine.Estimation;
using HandMeshEngine.Images;

namespace HandMeshEngine;

public sealed partial class HandEstimator
{
    /// <summary>
    /// Finds the hands of several still images that do not belong together. On CUDA crops of all images run as one pass of each network, up
    /// to <see cref="BatchedSessions.Most"/> at once, so that a batch takes far fewer launches; the numbers may then differ from those of
    /// single predictions by rounding. On the CPU the networks run crop by crop. After the first batch of a size, a batch allocates nothing.
    /// </summary>
    /// <param name="frame">Gives the view of an image by its index; asked several times, for memory that stays as it is until the call ends.</param>
    /// <param name="cameras">Intrinsics of each upright image, and the lens; or one camera for all.</param>
    /// <param name="results">One for each image, refilled; from <see cref="CreateResult"/>. Their stage times are those of the whole batch.</param>
    /// <param name="options">What is known about each image, or one for all; may be empty.</param>
    /// <param name="cancellation">Ends the wait of a call that has not begun; calls begin in the order in which they came.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled while the call waited.</exception>
    /// <exception cref="ArgumentException">The numbers of images, cameras and options do not fit, a result is there twice, or an image fails as
    /// in <see cref="Predict(ImageView, Camera, HandResult, PredictOptions?, CancellationToken)"/>; then no result of the batch counts.</exception>
    /// <exception cref="ObjectDisposedException">The estimator was disposed.</exception>
    /// <example>
    /// <code>
    /// HandResult[] results = [.. photos.Select(_ => estimator.CreateResult())];
    /// estimator.PredictBatch(i => photos[i], cameras, results);
    /// </code>
    /// </example>
    public void PredictBatch(
        Func<int, ImageView> frame, ReadOnlySpan<Camera> cameras, ReadOnlySpan<HandResult> results, ReadOnlySpan<PredictOptions> options = default,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(frame);
        RequireNumber("cameras", cameras.Length, results.Length);
        if (!options.IsEmpty)
        {
            RequireNumber("options", options.Length, results.Length);
        }

        if (results.IsEmpty)
        {
            return;
        }

        var frames = new FrameSet(frame, cameras, options, results);
        for (int i = 0; i < frames.Count; i++)
        {
            ArgumentNullException.ThrowIfNull(frames.Known(i), nameof(options));
            Check(frames.Image(i), frames.Camera(i), results[i], frames.Known(i));
            if (results[..i].Contains(results[i]))
            {
                throw new ArgumentException($"the result of image {i} is that of another image too; make one for each image", nameof(results));
            }
        }

        Wait(cancellation);
        RunAndLeave(frames, null);
    }

    /// <summary>Predicts several images into new results.</summary>
    /// <param name="images">Upright pixels.</param>
    /// <param name="cameras">Intrinsics of each image, or one camera for all.</param>
    /// <param name="options">What is known about each image, or one for all; null for nothing.</param>
    /// <param name="cancellation">Ends the wait of a call that has not begun.</param>
    /// <returns>A result for each image.</returns>
    /// <inheritdoc cref="PredictBatch(Func{int, ImageView}, ReadOnlySpan{Camera}, ReadOnlySpan{HandResult}, ReadOnlySpan{PredictOptions}, CancellationToken)"/>
    public HandResult[] PredictBatch(
        IReadOnlyList<RgbImage> images, IReadOnlyList<Camera> cameras, IReadOnlyList<PredictOptions>? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(cameras);
        HandResult[] results = [.. images.Select(_ => CreateResult())];
        PredictBatch(i => images[i], [.. cameras], results, options is null ? [] : [.. options], cancellation);
        return results;
    }

    /// <summary>
    /// Compiles and opens now what calls of so many images would otherwise open when they first need it: on CUDA, plans for several hands
    /// at once. Seconds where kernels have to be compiled; elsewhere nothing. A frame with <see cref="EstimatorOptions.MaxHands"/> hands is
    /// covered by one image.
    /// </summary>
    /// <param name="images">Images of a batch, 1 for single frames.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    /// <exception cref="ObjectDisposedException">The estimator was disposed.</exception>
    public void Prepare(int images = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(images, 1);
        Wait(CancellationToken.None);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _pipeline.Prepare(Math.Min(images, BatchedSessions.Most));
        }
        finally
        {
            _queue.Exit();
        }
    }

    private static void RequireNumber(string what, int count, int images)
    {
        if (count != 1 && count != images)
        {
            throw new ArgumentException($"there are {count} {what} for {images} images; give one for all, or one for each");
        }
    }
}
