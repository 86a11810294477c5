using System.Collections.Concurrent;
using HandMeshEngine.Estimation;
using HandMeshEngine.Images;

namespace HandMeshEngine;

/// <summary>
/// Several estimators of one system, for throughput: as many predictions run at once, and further ones wait in order of arrival. The
/// estimators share their weights. A single estimator with all threads has lower latency. May be shared by threads.
/// </summary>
public sealed class EstimatorPool : IDisposable
{
    /// <summary>Most estimators of a pool.</summary>
    public const int MostEstimators = 64;

    private readonly HandEstimator[] _estimators;
    private readonly ConcurrentBag<HandEstimator> _idle;
    private readonly CallQueue _queue;
    private int _disposed;

    private EstimatorPool(HandEstimator[] estimators)
    {
        _estimators = estimators;
        _idle = [.. estimators];
        _queue = new CallQueue(estimators.Length);
    }

    /// <summary>How many predictions run at once.</summary>
    public int Count => _estimators.Length;

    /// <summary>The estimators, for reports. Do not predict with them beside the pool.</summary>
    public IReadOnlyList<HandEstimator> Estimators => _estimators;

    /// <summary>Predictions that wait for an estimator.</summary>
    public int Waiting => _queue.Waiting;

    /// <summary>Opens the estimators; each holds its own activations, all share the weights.</summary>
    /// <param name="options">Of every estimator. Threads of 0 shares the processor's cores among them.</param>
    /// <param name="count">How many; 0 takes one for each core.</param>
    /// <exception cref="ArgumentException">The count is out of range, or an option is (<see cref="HandEstimator.Open"/>).</exception>
    public static EstimatorPool Open(EstimatorOptions? options = null, int count = 0)
    {
        options ??= new EstimatorOptions();
        if (count is < 0 or > MostEstimators)
        {
            throw new ArgumentException($"a pool of {count} estimators is not possible; give 1 to {MostEstimators}, or 0 for one for each core", nameof(count));
        }

        int estimators = count > 0 ? count : Math.Clamp(Environment.ProcessorCount, 1, MostEstimators);
        if (options.WeightsStream is not null && estimators > 1)
        {
            throw new ArgumentException("a weights stream can be read only once; give the path of the weights to a pool", nameof(options));
        }

        EstimatorOptions each = options.Threads > 0 ? options : options with { Threads = Math.Max(1, Environment.ProcessorCount / estimators) };
        var opened = new List<HandEstimator>();
        try
        {
            while (opened.Count < estimators)
            {
                opened.Add(HandEstimator.Open(each));
            }

            return new EstimatorPool([.. opened]);
        }
        catch
        {
            opened.ForEach(estimator => estimator.Dispose());
            throw;
        }
    }

    /// <summary>Predicts with the next estimator that is free.</summary>
    /// <inheritdoc cref="HandEstimator.Predict(ImageView, Camera, PredictOptions?, CancellationToken)"/>
    public HandResult Predict(ImageView image, Camera camera, PredictOptions? options = null, CancellationToken cancellation = default)
    {
        _queue.Enter(cancellation);
        HandEstimator estimator = Take();
        try
        {
            return estimator.Predict(image, camera, options, cancellation);
        }
        finally
        {
            Return(estimator);
        }
    }

    /// <summary>Predicts with the next estimator that is free; waiting keeps no thread.</summary>
    /// <inheritdoc cref="HandEstimator.PredictAsync(RgbImage, Camera, PredictOptions?, CancellationToken)"/>
    public Task<HandResult> PredictAsync(RgbImage image, Camera camera, PredictOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        return PredictAsync(() => image, camera, options, cancellation);
    }

    /// <summary>Predicts a frame of any format with the next estimator that is free; waiting keeps no thread.</summary>
    /// <inheritdoc cref="HandEstimator.PredictAsync(Func{ImageView}, Camera, PredictOptions?, CancellationToken)"/>
    public async Task<HandResult> PredictAsync(
        Func<ImageView> frame, Camera camera, PredictOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(frame);
        await _queue.EnterAsync(cancellation).ConfigureAwait(false);
        HandEstimator estimator = Take();
        try
        {
            return await estimator.PredictAsync(frame, camera, options, cancellation).ConfigureAwait(false);
        }
        finally
        {
            Return(estimator);
        }
    }

    /// <summary>Waits for predictions that run, then releases everything.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            foreach (HandEstimator estimator in _estimators)
            {
                estimator.Dispose();
            }
        }
    }

    // Inside the queue there are never more callers than estimators.
    private HandEstimator Take()
    {
        _idle.TryTake(out HandEstimator? estimator);
        return estimator!;
    }

    private void Return(HandEstimator estimator)
    {
        _idle.Add(estimator);
        _queue.Exit();
    }
}
