using HandMeshEngine.Images;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HandMeshEngine.Extensions;

/// <summary>Predicts once on a grey image through the queue that requests take.</summary>
internal sealed class HandMeshHealthCheck(IServiceProvider provider) : IHealthCheck
{
    private const int Side = 64;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        HealthStatus failure = context.Registration.FailureStatus;
        EstimatorPool pool;
        try
        {
            pool = await Task.Run(provider.GetRequiredService<EstimatorPool>, CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new HealthCheckResult(failure, $"the estimator could not be opened: {exception.Message}", exception);
        }

        HandEstimator first = pool.Estimators[0];
        var data = new Dictionary<string, object>
        {
            ["system"] = first.System.Id,
            ["device"] = first.Device,
            ["description"] = first.DeviceDescription,
            ["estimators"] = pool.Count,
            ["waiting"] = pool.Waiting,
        };
        if (first.DeviceNote is { } note)
        {
            data["note"] = note;
        }

        try
        {
            await PredictAsync(pool, first.System, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception)
        {
            return new HealthCheckResult(failure, $"no estimator became free in time; {pool.Waiting} more calls wait", exception, data);
        }
        catch (Exception exception)
        {
            return new HealthCheckResult(failure, $"a prediction failed: {exception.Message}", exception, data);
        }

        return first.HasStandInWeights
            ? HealthCheckResult.Degraded("the weights are stand-ins; the meshes mean nothing", data: data)
            : HealthCheckResult.Healthy($"{first.System.Id} predicts on {first.Device}", data);
    }

    // Nothing is found in a grey image; with a box the system's own network runs all the same.
    private static Task<HandResult> PredictAsync(EstimatorPool pool, HandSystem system, CancellationToken cancellation)
    {
        var grey = new RgbImage(Side, Side);
        grey.Pixels.Fill(128);
        PredictOptions? options = system.TakesBox
            ? new PredictOptions { Box = new HandBox(8, 8, 48, 48), Handedness = Handedness.Right }
            : null;
        return pool.PredictAsync(grey, Camera.Guess(Side, Side), options, cancellation);
    }
}
