using System.Diagnostics.Metrics;
using HandMeshEngine.Server.Models;

namespace HandMeshEngine.Server.Telemetry;

/// <summary>Counters of the server beside those of the library (<see cref="HandMeshTelemetry"/>).</summary>
internal sealed class ServerMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "HandMeshEngine.Server";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _refused;
    private readonly Histogram<double> _waited;
    private readonly Histogram<double> _ran;

    public ServerMetrics()
    {
        _refused = _meter.CreateCounter<long>("handmesh.server.refused", "{request}", "Requests that were refused, by reason.");
        _waited = _meter.CreateHistogram<double>("handmesh.server.queue.duration", "s", "From arrival in the queue to the turn.");
        _ran = _meter.CreateHistogram<double>("handmesh.server.run.duration", "s", "Decoding and predicting one image.");
    }

    public void Refused(string model, Reason reason) =>
        _refused.Add(1, new KeyValuePair<string, object?>("model", model), new KeyValuePair<string, object?>("reason", reason.ToString()));

    public void Predicted(string model, TimeSpan waited, TimeSpan ran)
    {
        var tag = new KeyValuePair<string, object?>("model", model);
        _waited.Record(waited.TotalSeconds, tag);
        _ran.Record(ran.TotalSeconds, tag);
    }

    /// <summary>Reports queues, lanes and sequences from now on.</summary>
    public void Observe(IReadOnlyList<ServedModel> models)
    {
        _meter.CreateObservableGauge("handmesh.server.queue.length", () => Each(models, model => model.Waiting), "{image}", "Images that wait.");
        _meter.CreateObservableGauge("handmesh.server.lanes", () => Each(models, model => model.Lanes), "{lane}", "Predictions that run at once.");
        _meter.CreateObservableGauge("handmesh.server.sequences", () => Each(models, model => model.Sequences), "{sequence}", "Videos that are followed.");
    }

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<int>> Each(IReadOnlyList<ServedModel> models, Func<ServedModel, int> value) =>
        models.Select(model => new Measurement<int>(value(model), new KeyValuePair<string, object?>("model", model.Name)));
}
