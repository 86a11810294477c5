using Grpc.AspNetCore.Server;
using HandMeshEngine.Server.Access;
using HandMeshEngine.Server.Grpc;
using HandMeshEngine.Server.Http;
using HandMeshEngine.Server.Live;
using HandMeshEngine.Server.Models;
using HandMeshEngine.Server.Telemetry;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace HandMeshEngine.Server;

/// <summary>The server in a host of your own.</summary>
/// <example>
/// <code>
/// builder.Services.AddHandMesh(options => options.Estimators = 0);
/// builder.Services.AddHandMeshServer();
/// app.MapHandMesh();
/// </code>
/// </example>
public static class HandMeshEndpoints
{
    /// <summary>
    /// Adds the server's services. Without models in the options it serves the <see cref="EstimatorPool"/> that <c>AddHandMesh</c>
    /// registered.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Sets the options; null leaves them as they are configured elsewhere.</param>
    public static IServiceCollection AddHandMeshServer(this IServiceCollection services, Action<HandMeshServerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        OptionsBuilder<HandMeshServerOptions> options = services.AddOptions<HandMeshServerOptions>();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.AddRouting();
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<HandMeshServerOptions>>().Value);
        services.TryAddSingleton<ServerMetrics>();
        services.TryAddSingleton<ModelHost>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ModelHost>(provider => provider.GetRequiredService<ModelHost>()));
        services.TryAddSingleton<Inference>();
        services.TryAddSingleton<Gate>();
        services.TryAddSingleton(provider => new BodyBudget(provider.GetRequiredService<HandMeshServerOptions>().Limits.BodyBytesInFlight));
        services.TryAddSingleton<ProtocolEndpoints>();
        services.TryAddSingleton<LiveEndpoints>();
        services.AddGrpc(grpc => grpc.Interceptors.Add<RefusalInterceptor>());
        services.AddOptions<GrpcServiceOptions>().Configure<HandMeshServerOptions>((grpc, server) => grpc.MaxReceiveMessageSize = server.Limits.BodyBytes);
        return services;
    }

    /// <summary>
    /// Maps the Open Inference Protocol (at <c>/v2</c>, and as a gRPC service for connections of HTTP/2) and the live page. What every request passes (ids, tokens, origins, refusals as JSON) is put in front
    /// of all endpoints of the application.
    /// </summary>
    /// <exception cref="InvalidOperationException"><see cref="AddHandMeshServer"/> was not called.</exception>
    public static IApplicationBuilder MapHandMesh(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (app.Services.GetService<ProtocolEndpoints>() is not { } endpoints)
        {
            throw new InvalidOperationException("the server's services are missing; call AddHandMeshServer before the application is built");
        }

        app.UseMiddleware<RequestPipeline>();
        app.UseWebSockets();
        app.UseRouting();
        endpoints.Map(app);
        app.Services.GetRequiredService<LiveEndpoints>().Map(app);
        app.MapGrpcService<InferenceService>();
        return app;
    }
}
