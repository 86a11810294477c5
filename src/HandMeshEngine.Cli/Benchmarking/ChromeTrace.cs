using System.Text.Json.Nodes;

namespace HandMeshEngine.Cli.Benchmarking;

/// <summary>A profile as a trace that Perfetto and chrome://tracing open: one row of stages, one of steps.</summary>
internal static class ChromeTrace
{
    public static JsonObject Of(string system, ProfiledRun profile, MachineFacts machine)
    {
        var events = new JsonArray { Named("process_name", 0, $"{system} on {machine.Device}"), Named("thread_name", 1, "stages"), Named("thread_name", 2, "steps") };
        double at = 0, stageStart = 0;
        for (int i = 0; i < profile.Steps.Count; i++)
        {
            StepTime step = profile.Steps[i];
            events.Add(Complete(2, step.Kernel, step.Stage, at, step.Microseconds, BenchJson.Step(step)));
            at += step.Microseconds;
            if (i + 1 == profile.Steps.Count || profile.Steps[i + 1].Stage != step.Stage)
            {
                events.Add(Complete(1, step.Stage, step.Network, stageStart, at - stageStart, new JsonObject()));
                stageStart = at;
            }
        }

        return new JsonObject { ["displayTimeUnit"] = "ms", ["otherData"] = BenchJson.Machine(machine), ["traceEvents"] = events };
    }

    private static JsonNode Complete(int row, string name, string category, double start, double duration, JsonNode details) => new JsonObject
    {
        ["name"] = name,
        ["cat"] = category,
        ["ph"] = "X",
        ["pid"] = 1,
        ["tid"] = row,
        ["ts"] = start,
        ["dur"] = duration,
        ["args"] = details,
    };

    private static JsonNode Named(string kind, int row, string name) =>
        new JsonObject { ["name"] = kind, ["ph"] = "M", ["pid"] = 1, ["tid"] = row, ["args"] = new JsonObject { ["name"] = name } };
}
