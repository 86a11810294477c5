namespace HandMeshEngine.Extensions;

/// <summary>What <see cref="HandMeshServices.AddHandMesh(Microsoft.Extensions.DependencyInjection.IServiceCollection, Action{HandMeshOptions}?)"/> opens.</summary>
public sealed class HandMeshOptions
{
    /// <summary>System, weights, device: of every estimator.</summary>
    public EstimatorOptions Estimator { get; set; } = new();

    /// <summary>
    /// How many predictions run at once, 1 to <see cref="EstimatorPool.MostEstimators"/>; 0 takes one for each core. One has all threads
    /// and so the lowest latency; more have the higher throughput.
    /// </summary>
    public int Estimators { get; set; } = 1;

    /// <summary>
    /// Open when the host starts, so that a mistake in the options ends the start and the first request does not wait. Otherwise opening
    /// happens when a service is first asked for.
    /// </summary>
    public bool OpenAtStart { get; set; } = true;
}
