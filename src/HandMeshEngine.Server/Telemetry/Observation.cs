using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace HandMeshEngine.Server.Telemetry;

/// <summary>
/// Metrics and traces of the process: at <c>/metrics</c> for Prometheus, and to a collector where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names one.
/// </summary>
internal static class Observation
{
    // Seconds. A prediction takes some milliseconds, a queue at its limit some seconds.
    private static readonly double[] _bounds = [0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.2, 0.5, 1, 2, 5, 10];

    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        bool hasCollector = !string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        OpenTelemetryBuilder telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(Models.ServerFacts.Name, serviceVersion: Models.ServerFacts.Version))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(ServerMetrics.MeterName, HandMeshTelemetry.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime");
                metrics.AddView("handmesh.*.duration", new ExplicitBucketHistogramConfiguration { Boundaries = _bounds });
                metrics.AddPrometheusExporter();
            });
        if (hasCollector)
        {
            telemetry.WithTracing(traces => traces.AddSource(HandMeshTelemetry.ActivitySourceName).AddAspNetCoreInstrumentation()).UseOtlpExporter();
        }
    }
}
