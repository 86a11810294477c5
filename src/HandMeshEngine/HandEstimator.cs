using System.Diagnostics;
using HandMeshEngine.Estimation;
using HandMeshEngine.Images;
using HandMeshEngine.Systems.MediaPipeHand;

namespace HandMeshEngine;

/// <summary>
/// Finds hands in images and places their meshes in camera space: metres, x right, y down, z forward. Opening compiles the
/// networks and allocates everything; a prediction into a reused <see cref="HandResult"/> allocates nothing. May be shared by
/// threads: calls queue. Estimators of one process that are equal in system, weights, device and threads share their weights, and on
/// CUDA their kernels, until the last of them is disposed.
/// </summary>
/// <example>
/// <code>
/// using var estimator = HandEstimator.Open();
/// HandResult result = estimator.CreateResult();
/// estimator.Predict(new ImageView(rgb, 640, 480, 640 * 3, PixelFormat.Rgb), camera, result);
/// foreach (HandMesh hand in result.Hands) { Draw(hand.Vertices, hand.Faces); }
/// </code>
/// </example>
public sealed partial class HandEstimator : IDisposable
{
    private readonly CallQueue _queue = new();
    private readonly Telemetry _telemetry;
    private readonly Backend _backend;
    private readonly HandPipeline _pipeline;
    private volatile bool _disposed;
    private bool _released;

    private HandEstimator(HandSystem system, Backend backend, string? note, HandPipeline pipeline, Action<Exception>? failed)
    {
        System = system;
        _backend = backend;
        DeviceNote = note;
        _pipeline = pipeline;
        _telemetry = new Telemetry(system.Id, backend.Name, failed);
    }

    /// <summary>The system that runs.</summary>
    public HandSystem System { get; }

    /// <summary>The backend that computes: <c>cpu</c>, <c>cuda</c> or <c>reference</c>.</summary>
    public string Device => _backend.Name;

    /// <summary>What computes, in words: processor and vector width, or device name.</summary>
    public string DeviceDescription => _backend.Description;

    /// <summary>
    /// Why it is slower than it could be: with the device <c>auto</c>, why a faster one is not used; on the CPU, that the program was compiled
    /// ahead of time for narrower vectors than the processor has. Otherwise null.
    /// </summary>
    public string? DeviceNote { get; }

    /// <summary>The compiled networks, for plans and profiles: name and session. Do not run them while predicting.</summary>
    public IReadOnlyList<KeyValuePair<string, Session>> Sessions => _pipeline.Sessions;

    /// <summary>True if the weights are stand-ins, so that the meshes mean nothing.</summary>
    public bool HasStandInWeights => _pipeline.HasStandInWeights;

    /// <summary>Opens a system.</summary>
    /// <exception cref="ArgumentException">An option is out of range, or names no system or device.</exception>
    /// <exception cref="Checkpoints.CheckpointException">The weights cannot be read or do not fit the system.</exception>
    /// <exception cref="NotSupportedException">The device cannot compute in the precision asked for.</exception>
    public static HandEstimator Open(EstimatorOptions? options = null)
    {
        options ??= new EstimatorOptions();
        if (options.MaxHands is < 1 or > EstimatorOptions.MostHands)
        {
            throw new ArgumentException($"MaxHands is {options.MaxHands}; it must be 1 to {EstimatorOptions.MostHands}", nameof(options));
        }

        long start = Stopwatch.GetTimestamp();
        using Activity? activity = Telemetry.StartOpening();
        HandSystem system = HandSystems.Find(options.System);
        options = options with { Progress = Telemetry.Counting(options.Progress, system.Id) };
        TensorMap weights = EstimatorWeights.Load(system, options);
        (Backend backend, string? note) = Devices.Choose(options.Device, options.Threads, options.Cuda);
        try
        {
            var estimator = new HandEstimator(system, backend, note, HandPipeline.Open(system, weights, backend, options), options.Failed);
            estimator._telemetry.Opened(activity, start, estimator.Sessions.Sum(network => network.Value.MemoryBytes));
            return estimator;
        }
        catch (Exception exception)
        {
            backend.Dispose();
            if (exception is GraphException misfit)
            {
                throw EstimatorWeights.Misfit(weights, misfit);
            }

            throw;
        }
    }

    /// <summary>A result to be refilled by predictions of this estimator.</summary>
    public HandResult CreateResult()
    {
        HandResult result = _pipeline.CreateResult();
        result.Owner = this;
        return result;
    }

    /// <summary>Predicts into a new result.</summary>
    /// <inheritdoc cref="Predict(ImageView, Camera, HandResult, PredictOptions?, CancellationToken)"/>
    public HandResult Predict(ImageView image, Camera camera, PredictOptions? options = null, CancellationToken cancellation = default)
    {
        HandResult result = CreateResult();
        Predict(image, camera, result, options, cancellation);
        return result;
    }

    /// <summary>Predicts on a thread of the pool; waiting for earlier calls keeps no thread.</summary>
    /// <param name="image">Upright pixels, not to be written until the task has ended.</param>
    /// <param name="camera">Intrinsics of this image.</param>
    /// <param name="options">What is known about the image, or null.</param>
    /// <param name="cancellation">Ends the wait of a call that has not begun.</param>
    /// <exception cref="ArgumentException">As in <see cref="Predict(ImageView, Camera, HandResult, PredictOptions?, CancellationToken)"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled while the call waited.</exception>
    /// <exception cref="ObjectDisposedException">The estimator was disposed.</exception>
    public Task<HandResult> PredictAsync(RgbImage image, Camera camera, PredictOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        return PredictAsync(() => image, camera, options, cancellation);
    }

    /// <summary>Predicts a frame of any format on a thread of the pool; waiting for earlier calls keeps no thread.</summary>
    /// <param name="frame">
    /// Gives the view of memory that stays as it is until the task has ended: <c>() => ImageView.Nv12(luma.Span, stride, chroma.Span, stride,
    /// width, height)</c>. Asked once now, to check it, and once on the thread that predicts.
    /// </param>
    /// <param name="camera">Intrinsics of the upright image, and the lens.</param>
    /// <param name="options">What is known about the image, or null.</param>
    /// <param name="cancellation">Ends the wait of a call that has not begun.</param>
    /// <exception cref="ArgumentException">As in <see cref="Predict(ImageView, Camera, HandResult, PredictOptions?, CancellationToken)"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled while the call waited.</exception>
    /// <exception cref="ObjectDisposedException">The estimator was disposed.</exception>
    public async Task<HandResult> PredictAsync(
        Func<ImageView> frame, Camera camera, PredictOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(frame);
        HandResult result = CreateResult();
        options ??= PredictOptions.None;
        Check(frame(), camera, result, options);
        long queued = _telemetry.Queue();
        try
        {
            await _queue.EnterAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            _telemetry.Unqueue(queued);
        }

        // Neither on the caller's thread nor on that of the caller that has just left the queue.
        await Task.Run(() => RunAndLeave(frame, camera, result, options), CancellationToken.None).ConfigureAwait(false);
        return result;
    }

    /// <summary>Finds the hands of one still image.</summary>
    /// <param name="image">The frame; results are about its upright image (<see cref="ImageView.Orientation"/>).</param>
    /// <param name="camera">Intrinsics of the upright image, and the lens.</param>
    /// <param name="result">Refilled; from <see cref="CreateResult"/>.</param>
    /// <param name="options">What is known about the image, or null.</param>
    /// <param name="cancellation">Ends the wait of a call that has not begun; calls begin in the order in which they came.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled while the call waited.</exception>
    /// <exception cref="ArgumentException">The image is empty, the camera belongs to another size, the box lies outside, or the result
    /// was made by another estimator.</exception>
    /// <exception cref="ObjectDisposedException">The estimator was disposed.</exception>
    public void Predict(ImageView image, Camera camera, HandResult result, PredictOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= PredictOptions.None;
        Check(image, camera, result, options);
        Wait(cancellation);
        RunAndLeave(image, camera, result, options, null);
    }

    /// <summary>Starts following hands through a video.</summary>
    /// <param name="options">How, or null for the defaults.</param>
    /// <exception cref="ArgumentException">A number of the options is out of range.</exception>
    public HandTracker CreateTracker(TrackerOptions? options = null)
    {
        options ??= TrackerOptions.Default;
        options.Validate();
        return new HandTracker(this, _pipeline.CreateTrack(options));
    }

    /// <summary>Frees everything, after the call that runs now; calls that wait throw <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
        _disposed = true;
        _queue.Enter(CancellationToken.None);
        try
        {
            if (!_released)
            {
                _released = true;
                _telemetry.Closed();
                _pipeline.Dispose();
                _backend.Dispose();
            }
        }
        finally
        {
            _queue.Exit();
        }
    }

    internal void Track(ImageView image, Camera camera, HandResult result, PredictOptions options, HandTrack track, TimeSpan? time)
    {
        Check(image, camera, result, options);
        track.Tick(time);
        Wait(CancellationToken.None);
        RunAndLeave(image, camera, result, options, track);
    }

    private void Wait(CancellationToken cancellation)
    {
        long queued = _telemetry.Queue();
        try
        {
            _queue.Enter(cancellation);
        }
        finally
        {
            _telemetry.Unqueue(queued);
        }
    }

    // The frame may have gone, or have become another, while the call waited.
    private void RunAndLeave(Func<ImageView> frame, Camera camera, HandResult result, PredictOptions options)
    {
        ImageView image;
        try
        {
            image = frame();
            Check(image, camera, result, options);
        }
        catch
        {
            _queue.Exit();
            throw;
        }

        RunAndLeave(image, camera, result, options, null);
    }

    private void RunAndLeave(ImageView image, Camera camera, HandResult result, PredictOptions options, HandTrack? track) =>
        RunAndLeave(new FrameSet(image, camera, options, result), track);

    private void RunAndLeave(FrameSet frames, HandTrack? track)
    {
        (Activity? Activity, long Start) prediction = _telemetry.Begin();
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            for (int i = 0; i < frames.Count; i++)
            {
                frames.Result(i).Clear();
            }

            _backend.BeginFrame();
            if (track is null)
            {
                _pipeline.Predict(frames);
            }
            else
            {
                _pipeline.Track(frames.Image(0), frames.Camera(0), frames.Known(0), track, frames.Result(0));
            }

            int hands = 0;
            for (int i = 0; i < frames.Count; i++)
            {
                HandResult result = frames.Result(i);
                result.LeaveOutNotFinite();
                SayWhetherWide(frames.Image(i), frames.Camera(i), result);
                hands += result.Count;
            }

            _telemetry.End(prediction, hands);
        }
        catch (Exception exception) when (_telemetry.Fail(prediction, exception))
        {
            throw;
        }
        finally
        {
            _backend.EndFrame();
            _queue.Exit();
        }
    }

    private static void SayWhetherWide(ImageView image, Camera camera, HandResult result)
    {
        if (camera.LacksLens(image.Width, image.Height))
        {
            foreach (HandMesh hand in result.Hands)
            {
                hand.Placement = hand.Placement with { Flags = hand.Placement.Flags | PlacementFlags.WideWithoutLens };
            }
        }
    }

    private void Check(ImageView image, Camera camera, HandResult result, PredictOptions options)
    {
        Check(image, camera, result);
        options.Validate(image.Width, image.Height);
    }

    private void Check(ImageView image, Camera camera, HandResult result)
    {
        ArgumentNullException.ThrowIfNull(camera);
        ArgumentNullException.ThrowIfNull(result);
        if (image.IsEmpty)
        {
            throw new ArgumentException("the image is empty; give pixels, a width and a height", nameof(image));
        }

        if (image.IsInDeviceMemory && Device != "cuda")
        {
            throw new ArgumentException($"the image lies in the memory of a CUDA device, but the estimator runs on {Device}; open it with Device = \"cuda\"", nameof(image));
        }

        if (result.Owner != this)
        {
            throw new ArgumentException("the result was made by another estimator; make it with CreateResult of the one that predicts", nameof(result));
        }

        camera.Require(image);
    }
}
