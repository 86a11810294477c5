using HandMeshEngine.Server.Telemetry;
using Microsoft.Extensions.Options;

namespace HandMeshEngine.Server.Models;

/// <summary>
/// All models of the server. They open while it already listens, so that a probe sees a live server that is not ready yet; one that cannot
/// be opened ends the process.
/// </summary>
internal sealed partial class ModelHost : IHostedService, IDisposable
{
    private readonly IServiceProvider _provider;
    private readonly HandMeshServerOptions _options;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly ILogger<ModelHost> _logger;
    private readonly ServerMetrics _metrics;
    private readonly Lazy<ServedModel[]> _models;
    private Task _opening = Task.CompletedTask;

    public ModelHost(IServiceProvider provider, IOptions<HandMeshServerOptions> options, IHostApplicationLifetime lifetime, ServerMetrics metrics, ILogger<ModelHost> logger)
    {
        (_provider, _options, _lifetime, _metrics, _logger) = (provider, options.Value, lifetime, metrics, logger);
        _options.Limits.Validated();
        _models = new Lazy<ServedModel[]>(() => [.. (_options.Models.Count > 0
            ? _options.Models.Select(model => (model.Name, System: HandSystems.Find(model.Estimator.System)))
            : [(_provider.GetRequiredService<EstimatorPool>().Estimators[0].System.Id, _provider.GetRequiredService<EstimatorPool>().Estimators[0].System)])
            .Select(model => new ServedModel(model.Item1, model.System, _options.Limits, metrics, TimeProvider.System))]);
    }

    /// <summary>The models, in the order in which they were given.</summary>
    public IReadOnlyList<ServedModel> Models => _models.Value;

    /// <summary>The first exception that kept a model from opening.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Requests are turned away because the server stops.</summary>
    public bool IsDraining => _lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>No device is lost.</summary>
    public bool IsLive => Models.All(model => !model.HasFaulted);

    /// <summary>Every model answers.</summary>
    public bool IsReady => !IsDraining && Models.All(model => model.State == ModelState.Ready);

    /// <summary>A model by its name.</summary>
    /// <exception cref="Refusal">There is none.</exception>
    public ServedModel Find(string name, string? version)
    {
        ServedModel model = Models.FirstOrDefault(each => each.Name == name)
            ?? throw new Refusal(Reason.Unknown, $"there is no model of that name; this server has {string.Join(", ", Models.Select(each => each.Name))}");
        return version is null or "" or ModelSignature.Version
            ? model
            : throw new Refusal(Reason.Unknown, $"{name} has the version {ModelSignature.Version} only");
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _opening = Task.Run(OpenAll, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Unfinished(_logger);
        }
    }

    public void Dispose()
    {
        if (_models.IsValueCreated)
        {
            Array.ForEach(_models.Value, model => model.Dispose());
        }
    }

    private void OpenAll()
    {
        for (int i = 0; i < Models.Count && !IsDraining; i++)
        {
            ServedModel model = Models[i];
            try
            {
                ServedModelOptions? options = _options.Models.Count > 0 ? _options.Models[i] : null;
                model.Start(options is null ? _provider.GetRequiredService<EstimatorPool>() : Open(options), ownsPool: options is not null);
                Ready(_logger, model.Name, model.Device, model.Lanes);
                if (model.HasStandInWeights)
                {
                    StandIns(_logger, model.Name);
                }
            }
            catch (Exception exception)
            {
                Failure ??= exception;
                model.GiveUp("it could not be opened");
                NotOpened(_logger, model.Name, exception.Message);
                _lifetime.StopApplication();
                return;
            }
        }

        _metrics.Observe(Models);
    }

    // Several estimators on one GPU would wait for one another.
    private static EstimatorPool Open(ServedModelOptions options)
    {
        if (options.Estimators > 0)
        {
            return EstimatorPool.Open(options.Estimator, options.Estimators);
        }

        EstimatorPool one = EstimatorPool.Open(options.Estimator, 1);
        if (one.Estimators[0].Device != "cpu" || Environment.ProcessorCount == 1 || options.Estimator.Threads > 1)
        {
            return one;
        }

        one.Dispose();
        return EstimatorPool.Open(options.Estimator);
    }

    [LoggerMessage(100, LogLevel.Information, "{Model} answers: {Device}, {Lanes} at once")]
    private static partial void Ready(ILogger logger, string model, string device, int lanes);

    [LoggerMessage(101, LogLevel.Warning, "{Model} runs on stand-in weights; its meshes mean nothing")]
    private static partial void StandIns(ILogger logger, string model);

    [LoggerMessage(102, LogLevel.Error, "{Model} could not be opened: {Reason}")]
    private static partial void NotOpened(ILogger logger, string model, string reason);

    [LoggerMessage(103, LogLevel.Warning, "the server stops while models open")]
    private static partial void Unfinished(ILogger logger);
}
