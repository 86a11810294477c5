using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace HandMeshEngine.Tests.Estimation;

/// <summary>One estimator or a pool under many callers, and what listeners hear of it.</summary>
public sealed class SharedEstimatorTests
{
    private static readonly RgbImage _photo = RgbImage.Load(Path.Combine(CaseFolders.Repository!, "tests", "photos", "pointing.jpg"));
    private static readonly Camera _camera = Camera.Guess(_photo.Width, _photo.Height);
    private static readonly EstimatorOptions _options = new() { Device = "cpu", Variant = "lite", Threads = 1 };

    [Fact]
    public async Task Asynchronous_calls_give_the_same_hands_and_can_be_cancelled_while_they_wait()
    {
        using HandEstimator estimator = HandEstimator.Open(_options);
        HandMesh expected = Assert.Single(estimator.Predict(_photo, _camera));
        using var cancellation = new CancellationTokenSource();
        Task<HandResult>[] calls = [.. Enumerable.Range(0, 4).Select(_ => estimator.PredictAsync(_photo, _camera, null, CancellationToken.None))];
        Task<HandResult> cancelled = estimator.PredictAsync(_photo, _camera, null, cancellation.Token);
        cancellation.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        foreach (HandResult result in await Task.WhenAll(calls))
        {
            Assert.Equal(expected.Vertices, Assert.Single(result).Vertices);
        }
    }

    [Fact]
    public async Task A_pool_gives_every_caller_the_same_hand()
    {
        using EstimatorPool pool = EstimatorPool.Open(_options, 2);
        HandResult[] results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => pool.PredictAsync(_photo, _camera)));

        Assert.Equal(2, pool.Count);
        Assert.All(results, result => Assert.Equal(results[0][0].Vertices, Assert.Single(result).Vertices));
        Assert.Equal(results[0][0].Vertices, Assert.Single(pool.Predict(_photo, _camera)).Vertices);
        Assert.Equal(0, pool.Waiting);
        Assert.Contains("a pool of 65 estimators is not possible", Assert.Throws<ArgumentException>(() => EstimatorPool.Open(_options, 65)).Message);
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
