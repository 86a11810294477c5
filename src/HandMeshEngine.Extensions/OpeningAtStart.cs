using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace HandMeshEngine.Extensions;

/// <summary>Opens the estimators while the host starts; closing them is the container's affair.</summary>
internal sealed class OpeningAtStart(IServiceProvider provider, IOptions<HandMeshOptions> options) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => options.Value.OpenAtStart
        ? Task.Run(provider.GetRequiredService<EstimatorPool>, cancellationToken)
        : Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
