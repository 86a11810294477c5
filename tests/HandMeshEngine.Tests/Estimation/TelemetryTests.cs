using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace HandMeshEngine.Tests.Estimation;

/// <summary>What listeners hear of an estimator, and what it costs where there are none. Alone in the process: listeners are its own.</summary>
[Collection(nameof(SharedWeightsTests))]
public sealed class TelemetryTests
{
    private static readonly RgbImage _photo = RgbImage.Load(Path.Combine(CaseFolders.Repository!, "tests", "photos", "pointing.jpg"));
    private static readonly Camera _camera = Camera.Guess(_photo.Width, _photo.Height);
    private static readonly EstimatorOptions _options = new() { Device = "cpu", Variant = "lite", Threads = 1 };

    [Fact]
    public void Where_nobody_listens_a_prediction_allocates_nothing_whatever_the_frame()
    {
        using HandEstimator estimator = HandEstimator.Open(_options);
        HandResult result = estimator.CreateResult();
        YuvFrame frame = YuvFrame.Of(_photo);
        Camera fisheye = new Camera(_camera.Fx, _camera.Fy, _camera.Cx, _camera.Cy, _photo.Width, _photo.Height).WithLens(Lens.Fisheye([0, 0, 0, 0]));
        for (int i = 0; i < 3; i++)
        {
            estimator.Predict(_photo, _camera, result);
            estimator.Predict(frame.View, _camera, result);
            estimator.Predict(frame.View, fisheye, result);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        estimator.Predict(_photo, _camera, result);
        estimator.Predict(frame.View, _camera, result);
        estimator.Predict(frame.View, fisheye, result);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Single(result);
    }

    [Fact]
    public void Listeners_hear_of_predictions_failures_times_and_memory()
    {
        var heard = new ConcurrentDictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, meter) =>
            {
                if (instrument.Meter.Name == HandMeshTelemetry.MeterName)
                {
                    meter.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => heard.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => heard.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        listener.Start();
        var activities = new ConcurrentBag<string>();
        using var activity = new ActivityListener
        {
            ShouldListenTo = source => source.Name == HandMeshTelemetry.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = stopped => activities.Add(stopped.OperationName),
        };
        ActivitySource.AddActivityListener(activity);
        HandEstimator estimator = HandEstimator.Open(_options);
        HandResult result = estimator.CreateResult();
        estimator.Predict(_photo, _camera, result);
        estimator.Predict(_photo, _camera, result);
        listener.RecordObservableInstruments();
        estimator.Dispose();
        Assert.Throws<ObjectDisposedException>(() => estimator.Predict(_photo, _camera, result));

        Assert.True(heard["handmesh.predictions"] >= 2);
        Assert.True(heard["handmesh.prediction.failures"] >= 1);
        Assert.True(heard["handmesh.prediction.duration"] > 0 && heard["handmesh.open.duration"] > 0 && heard["handmesh.queue.duration"] > 0);
        Assert.True(heard["handmesh.plan.memory"] > 1_000_000);
        Assert.Contains("handmesh.open", activities);
        Assert.Contains("handmesh.predict", activities);
    }
}
