using System.Text.Json.Nodes;

namespace HandMeshEngine.Cli.Benchmarking;

/// <summary>A benchmark for programs and for <c>--compare</c>. Times are milliseconds.</summary>
internal static class BenchJson
{
    public static JsonObject Of(BenchReport report) => new()
    {
        ["system"] = report.System,
        ["machine"] = Machine(report.Machine),
        ["times"] = Object(report.Times.Select(time => (time.Name, (JsonNode)Times(time.Times)))),
        ["stages"] = Object(report.Profile.Stages.Select(stage => (stage.Stage, (JsonNode)(stage.Microseconds / 1000)))),
        ["stageSum"] = report.Profile.Milliseconds,
        ["steps"] = new JsonArray([.. report.Profile.Steps.Select(Step)]),
        ["start"] = Object(report.Start.Select(part => (part.Name, (JsonNode)part.Milliseconds))),
        ["perSecond"] = Object(report.Rates.Select(rate => (rate.Name, (JsonNode)rate.PerSecond))),
        ["planBytes"] = report.PlanBytes,
        ["peakBytes"] = report.PeakBytes,
        ["limits"] = Object(report.Limits.Parts.Select(part => (part.Name, (JsonNode)part.Milliseconds))),
        ["whatLimits"] = report.Limits.ToString(),
    };

    public static JsonObject Machine(MachineFacts machine) => new()
    {
        ["device"] = machine.Device,
        ["driver"] = machine.Driver,
        ["processor"] = machine.Processor,
        ["runtime"] = machine.Runtime,
        ["loadBefore"] = machine.LoadBefore,
        ["loadAfter"] = machine.LoadAfter,
        ["others"] = double.IsNaN(machine.Others) ? null : machine.Others,
        ["date"] = machine.Date,
    };

    public static JsonNode Step(StepTime step) => new JsonObject
    {
        ["network"] = step.Network,
        ["stage"] = step.Stage,
        ["kernel"] = step.Kernel,
        ["microseconds"] = step.Microseconds,
        ["runs"] = step.Runs,
        ["multiplyAdds"] = step.MultiplyAdds,
        ["bytes"] = step.Bytes,
    };

    private static JsonObject Times(Samples samples) => new()
    {
        ["count"] = samples.Count,
        ["min"] = samples.Min,
        ["mean"] = samples.Mean,
        ["p50"] = samples.Percentile(50),
        ["p90"] = samples.Percentile(90),
        ["p99"] = samples.Percentile(99),
        ["p99.9"] = samples.Percentile(99.9),
        ["max"] = samples.Max,
        ["lowestMedian"] = samples.LowestMedian,
        ["highestMedian"] = samples.HighestMedian,
    };

    private static JsonObject Object(IEnumerable<(string Name, JsonNode Value)> members)
    {
        var json = new JsonObject();
        foreach ((string name, JsonNode value) in members)
        {
            json[name] = value;
        }

        return json;
    }
}
