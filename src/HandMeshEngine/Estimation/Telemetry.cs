using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace HandMeshEngine.Estimation;

/// <summary>Reports of one estimator; the instruments are those of the process (<see cref="HandMeshTelemetry"/>).</summary>
internal sealed class Telemetry
{
    private static readonly ActivitySource _activities = new(HandMeshTelemetry.ActivitySourceName);
    private static readonly Meter _meter = new(HandMeshTelemetry.MeterName);
    private static readonly Counter<long> _predictions = _meter.CreateCounter<long>("handmesh.predictions", "{prediction}", "Predictions that ended.");
    private static readonly Counter<long> _failures = _meter.CreateCounter<long>("handmesh.prediction.failures", "{prediction}", "Predictions that ended in an exception.");
    private static readonly Histogram<double> _duration = _meter.CreateHistogram<double>("handmesh.prediction.duration", "s", "Time of a prediction without waiting.");
    private static readonly Histogram<double> _queueTime = _meter.CreateHistogram<double>("handmesh.queue.duration", "s", "Time that a prediction waited for its estimator.");
    private static readonly UpDownCounter<long> _queueLength = _meter.CreateUpDownCounter<long>("handmesh.queue.length", "{call}", "Callers that wait for an estimator.");
    private static readonly Histogram<double> _opening = _meter.CreateHistogram<double>("handmesh.open.duration", "s", "Time to open an estimator.");
    private static readonly Counter<long> _compiled = _meter.CreateCounter<long>("handmesh.kernels.compiled", "{program}", "CUDA programs compiled.");
    private static readonly Counter<long> _cached = _meter.CreateCounter<long>("handmesh.kernels.cached", "{program}", "CUDA programs found in the cache on disk.");
    private static readonly ConcurrentDictionary<Telemetry, long> _memory = new();

    static Telemetry() => _meter.CreateObservableUpDownCounter(
        "handmesh.plan.memory",
        static () => _memory.Select(pair => new Measurement<long>(pair.Value, pair.Key._system, pair.Key._device)),
        "By",
        "Weights and activations of open plans.");

    private readonly KeyValuePair<string, object?> _system;
    private readonly KeyValuePair<string, object?> _device;
    private readonly Action<Exception>? _failed;

    /// <param name="system">Id of the system, a tag.</param>
    /// <param name="device">Name of the backend, a tag.</param>
    /// <param name="failed">Told of predictions that fail (<see cref="EstimatorOptions.Failed"/>).</param>
    public Telemetry(string system, string device, Action<Exception>? failed) =>
        (_system, _device, _failed) = (new("system", system), new("device", device), failed);

    /// <summary>Starts the activity of opening; null when nobody listens.</summary>
    public static Activity? StartOpening() => _activities.StartActivity("handmesh.open");

    /// <summary>A progress callback that also counts programs, or the caller's own when nobody listens.</summary>
    public static Action<CompileStep>? Counting(Action<CompileStep>? progress, string system)
    {
        if (!_compiled.Enabled && !_cached.Enabled)
        {
            return progress;
        }

        return step =>
        {
            (step.WasCached ? _cached : _compiled).Add(1, new KeyValuePair<string, object?>("system", system), new("device", "cuda"));
            progress?.Invoke(step);
        };
    }

    /// <summary>The estimator is open and holds so many bytes.</summary>
    public void Opened(Activity? activity, long start, long bytes)
    {
        _memory[this] = bytes;
        _opening.Record(Stopwatch.GetElapsedTime(start).TotalSeconds, _system, _device);
        activity?.SetTag("system", _system.Value).SetTag("device", _device.Value);
    }

    /// <summary>The estimator is gone.</summary>
    public void Closed() => _memory.TryRemove(this, out _);

    /// <summary>A call is about to queue: its time, or 0 when nobody listens.</summary>
    public long Queue()
    {
        if (_queueLength.Enabled)
        {
            _queueLength.Add(1, _system, _device);
        }

        return _queueTime.Enabled ? Stopwatch.GetTimestamp() : 0;
    }

    /// <summary>The call has left the queue.</summary>
    public void Unqueue(long queued)
    {
        if (_queueLength.Enabled)
        {
            _queueLength.Add(-1, _system, _device);
        }

        if (queued != 0)
        {
            _queueTime.Record(Stopwatch.GetElapsedTime(queued).TotalSeconds, _system, _device);
        }
    }

    /// <summary>A prediction begins.</summary>
    public (Activity? Activity, long Start) Begin() => (
        _activities.HasListeners() ? _activities.StartActivity("handmesh.predict") : null,
        _duration.Enabled ? Stopwatch.GetTimestamp() : 0);

    /// <summary>It ended with so many hands.</summary>
    public void End((Activity? Activity, long Start) prediction, int hands)
    {
        if (_predictions.Enabled)
        {
            _predictions.Add(1, _system, _device);
        }

        if (prediction.Start != 0)
        {
            _duration.Record(Stopwatch.GetElapsedTime(prediction.Start).TotalSeconds, _system, _device);
        }

        if (prediction.Activity is { } activity)
        {
            activity.SetTag("system", _system.Value).SetTag("device", _device.Value).SetTag("hands", hands).Dispose();
        }
    }

    /// <summary>It ended in an exception. Always false: for a filter that lets it pass.</summary>
    public bool Fail((Activity? Activity, long Start) prediction, Exception exception)
    {
        if (_failures.Enabled)
        {
            _failures.Add(1, _system, _device, new KeyValuePair<string, object?>("error", exception.GetType().Name));
        }

        prediction.Activity?.SetStatus(ActivityStatusCode.Error, exception.Message).Dispose();
        _failed?.Invoke(exception);
        return false;
    }
}
