using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace HandMeshEngine.Extensions;

/// <summary>Registers the engine in a container.</summary>
public static class HandMeshServices
{
    /// <summary>
    /// Adds <see cref="EstimatorPool"/> and, where one estimator is asked for, <see cref="HandEstimator"/>: singletons that the container
    /// opens once and disposes. What happens is logged under the category <c>HandMeshEngine</c>.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Sets the options; null leaves them as they are configured elsewhere.</param>
    /// <exception cref="InvalidOperationException">When a <see cref="HandEstimator"/> is asked for and the options name several.</exception>
    public static IServiceCollection AddHandMesh(this IServiceCollection services, Action<HandMeshOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        OptionsBuilder<HandMeshOptions> options = services.AddOptions<HandMeshOptions>();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddSingleton(provider => LoggedOpening.Open(
            provider.GetRequiredService<IOptions<HandMeshOptions>>().Value,
            (provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger(LoggedOpening.Category)));
        services.TryAddSingleton(provider => TheOnly(provider.GetRequiredService<EstimatorPool>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, OpeningAtStart>());
        return services;
    }

    /// <summary>
    /// Adds a check that predicts once on a small grey image: healthy if that ends in time, degraded if the weights are stand-ins,
    /// unhealthy with the reason if opening or predicting fails or no estimator becomes free.
    /// </summary>
    /// <param name="builder">What <c>AddHealthChecks</c> gives.</param>
    /// <param name="name">Name of the check.</param>
    /// <param name="tags">To choose checks by.</param>
    /// <param name="timeout">How long to wait for an estimator; null for 10 s.</param>
    public static IHealthChecksBuilder AddHandMesh(
        this IHealthChecksBuilder builder, string name = "handmesh", IEnumerable<string>? tags = null, TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name, provider => new HandMeshHealthCheck(provider), HealthStatus.Unhealthy, tags, timeout ?? TimeSpan.FromSeconds(10)));
    }

    private static HandEstimator TheOnly(EstimatorPool pool) => pool.Count == 1
        ? pool.Estimators[0]
        : throw new InvalidOperationException(
            $"{pool.Count} estimators are open, so there is no single HandEstimator; ask for an EstimatorPool, or set HandMeshOptions.Estimators to 1");
}
