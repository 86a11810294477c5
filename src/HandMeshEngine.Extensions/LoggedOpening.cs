using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace HandMeshEngine.Extensions;

/// <summary>Opens the estimators and logs what happened, then and in predictions.</summary>
internal static partial class LoggedOpening
{
    /// <summary>The category of every message.</summary>
    public const string Category = "HandMeshEngine";

    public static EstimatorPool Open(HandMeshOptions options, ILogger logger)
    {
        long start = Stopwatch.GetTimestamp();
        EstimatorOptions estimator = options.Estimator;
        Action<Exception>? failed = estimator.Failed;
        EstimatorPool pool;
        try
        {
            pool = EstimatorPool.Open(
                estimator with
                {
                    Failed = exception =>
                    {
                        PredictionFailed(logger, estimator.System, exception);
                        failed?.Invoke(exception);
                    },
                },
                options.Estimators);
        }
        catch (Exception exception)
        {
            NotOpened(logger, estimator.System, exception);
            throw;
        }

        HandEstimator first = pool.Estimators[0];
        Opened(logger, first.System.Id, first.Device, first.DeviceDescription, pool.Count, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        if (first.DeviceNote is { } note)
        {
            NoFasterDevice(logger, note);
        }

        if (first.HasStandInWeights)
        {
            StandIns(logger, first.System.Id);
        }

        return pool;
    }

    [LoggerMessage(1, LogLevel.Information, "{System} is open on {Device} ({Description}), estimators: {Estimators}, opened in {Milliseconds:0} ms")]
    private static partial void Opened(ILogger logger, string system, string device, string description, int estimators, double milliseconds);

    [LoggerMessage(2, LogLevel.Information, "no faster device is used: {Reason}")]
    private static partial void NoFasterDevice(ILogger logger, string reason);

    [LoggerMessage(3, LogLevel.Warning, "{System} runs on stand-in weights; its meshes mean nothing")]
    private static partial void StandIns(ILogger logger, string system);

    [LoggerMessage(4, LogLevel.Error, "{System} could not be opened")]
    private static partial void NotOpened(ILogger logger, string system, Exception exception);

    [LoggerMessage(5, LogLevel.Error, "a prediction of {System} failed")]
    private static partial void PredictionFailed(ILogger logger, string system, Exception exception);
}
