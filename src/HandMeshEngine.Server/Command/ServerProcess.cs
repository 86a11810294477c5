using System.Net;
using HandMeshEngine.Server.Models;
using HandMeshEngine.Server.Telemetry;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Console;

namespace HandMeshEngine.Server.Command;

/// <summary>A server as a process of its own.</summary>
internal static partial class ServerProcess
{
    private const int MostHeaders = 64;
    private const int HeaderBytes = 16 << 10;

    /// <summary>Listens until it is asked to stop.</summary>
    /// <returns>Exit code.</returns>
    public static async Task<int> RunAsync(ServeSettings settings, CancellationToken cancellation)
    {
        await using WebApplication app = Build(settings);
        Announce(app, settings);
        await app.StartAsync(cancellation).ConfigureAwait(false);
        foreach (string address in app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [])
        {
            Listening(app.Logger, address);
        }

        await app.WaitForShutdownAsync(cancellation).ConfigureAwait(false);
        return app.Services.GetRequiredService<ModelHost>().Failure is { } failure
            ? throw failure
            : 0;
    }

    /// <summary>The application, ready to start.</summary>
    /// <exception cref="ArgumentException">It would be open to strangers without having been told so.</exception>
    public static WebApplication Build(ServeSettings settings)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        if (settings.Config is { } config)
        {
            builder.Configuration.AddJsonFile(config, optional: false, reloadOnChange: true);
        }

        IConfigurationSection endpoints = builder.Configuration.GetSection("Kestrel:Endpoints");
        bool isOwnMachine = endpoints.Exists()
            ? endpoints.GetChildren().All(endpoint => IsLoopback(endpoint["Url"]))
            : IPAddress.IsLoopback(settings.Address);
        if (!isOwnMachine && settings.Server.Tokens.Count == 0 && !settings.IsUnsafeOpen)
        {
            throw new ArgumentException("other machines could reach this address: add --token-file FILE, or --unsafe-open if everybody who reaches it may ask");
        }

        ServerLimits limits = settings.Server.Limits;
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = limits.BodyBytes + 1L;
            kestrel.Limits.MaxConcurrentConnections = limits.Connections;
            kestrel.Limits.MaxConcurrentUpgradedConnections = limits.Sequences;
            kestrel.Limits.MaxRequestHeaderCount = MostHeaders;
            kestrel.Limits.MaxRequestHeadersTotalSize = HeaderBytes;
            kestrel.Limits.MaxRequestLineSize = HeaderBytes / 2;
            kestrel.Limits.RequestHeadersTimeout = limits.Read;
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
            if (!endpoints.Exists())
            {
                kestrel.Listen(settings.Address, settings.Port, listen => listen.Protocols = HttpProtocols.Http1);
                // Without TLS nothing negotiates a version: HTTP/2 needs a port of its own.
                if (settings.GrpcPort is { } grpc)
                {
                    kestrel.Listen(settings.Address, grpc, listen => listen.Protocols = HttpProtocols.Http2);
                }
            }
        });
        builder.Logging.ClearProviders();
        Log(builder.Logging, settings);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = limits.Drain);
        builder.Services.AddHandMeshServer(options => Copy(settings.Server, options, isOwnMachine && !endpoints.Exists()));
        Observation.Add(builder.Services, builder.Configuration);
        WebApplication app = builder.Build();
        app.MapHandMesh();
        app.MapPrometheusScrapingEndpoint();
        return app;
    }

    private static void Log(ILoggingBuilder logging, ServeSettings settings)
    {
        LogLevel least = Enum.Parse<LogLevel>(settings.LogLevel, ignoreCase: true);
        logging.SetMinimumLevel(least);
        logging.AddFilter("Microsoft", least > LogLevel.Warning ? least : LogLevel.Warning);
        // A client's mistake is no error of the server's; the request's own line has its status.
        logging.AddFilter("Grpc", LogLevel.None);
        if (settings.LogsJson)
        {
            logging.AddJsonConsole(console => (console.IncludeScopes, console.UseUtcTimestamp, console.TimestampFormat) = (true, true, "yyyy-MM-ddTHH:mm:ss.fffZ"));
        }
        else
        {
            logging.AddSimpleConsole(console => (console.SingleLine, console.ColorBehavior) = (true, LoggerColorBehavior.Disabled));
        }

        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    // On the machine's own address, a page with a name of its own that resolves to it is a stranger.
    private static void Copy(HandMeshServerOptions from, HandMeshServerOptions to, bool isOwnMachine)
    {
        (to.Limits, to.HasPage) = (from.Limits, from.HasPage);
        foreach (ServedModelOptions model in from.Models)
        {
            to.Models.Add(model);
        }

        foreach ((IList<string> source, IList<string> target) in new[] { (from.Tokens, to.Tokens), (from.AllowedOrigins, to.AllowedOrigins), (from.AllowedHosts, to.AllowedHosts) })
        {
            foreach (string value in source)
            {
                target.Add(value);
            }
        }

        if (isOwnMachine)
        {
            foreach (string name in new[] { "localhost", "127.0.0.1", "[::1]" })
            {
                to.AllowedHosts.Add(name);
            }
        }
    }

    private static bool IsLoopback(string? url) => Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) && uri.IsLoopback;

    private static void Announce(WebApplication app, ServeSettings settings)
    {
        if (settings.IsUnsafeOpen && settings.Server.Tokens.Count == 0)
        {
            Open(app.Logger);
        }
    }

    [LoggerMessage(120, LogLevel.Information, "listening on {Address}")]
    private static partial void Listening(ILogger logger, string address);

    [LoggerMessage(121, LogLevel.Warning, "--unsafe-open: everybody who reaches this server may ask it")]
    private static partial void Open(ILogger logger);
}
