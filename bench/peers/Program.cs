using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using HandMeshEngine;
using HandMeshEngine.Bench.Peers;
using HandMeshEngine.Compute;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Onnx;

// Usage: Peers [--seconds S] [--only NAME]...
// Exports every network, checks that ONNX Runtime gives the same numbers, times both in turn, prints a Markdown table.
double seconds = Option("--seconds") is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : 6;
string? only = Option("--only");
var networks =
    from system in HandSystems.All
    from variant in system.Variants
    select (System: system.Id, Variant: system.Variants.Count > 1 ? variant : null, Weights: system.ShipsWithWeights ? null : "random:1");

string scratch = Directory.CreateTempSubdirectory("handmesh-peers").FullName;
var lines = new StringBuilder();
using (Backend cpu = Devices.Open("cpu"))
{
    lines.AppendLine(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-dd} {cpu.Description}; {Environment.ProcessorCount} cores; {RuntimeInformation.FrameworkDescription}; peer ONNX Runtime {OnnxRuntimePeer.Version}, all optimisations");
}

lines.AppendLine(CultureInfo.InvariantCulture, $"load average before: {Load()}");
lines.AppendLine().AppendLine("| network | threads | ours p50 | p90 | p99 ms | ONNX Runtime p50 | p90 | p99 ms | ratio | max relative difference | after 33 ms: ours p50 | ONNX Runtime p50 | ratio |");
lines.AppendLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
Console.Write(lines);
bool equal = true;
using var peer = new OnnxRuntimePeer();
foreach ((string system, string? variant, string? weights) in networks)
{
    foreach ((string network, OpGraph graph) in HandNetworks.Build(new EstimatorOptions { System = system, Variant = variant, Weights = weights }))
    {
        string name = $"{system}{(variant is null ? string.Empty : " " + variant)}{(network == system ? string.Empty : " " + network)}";
        if (only is not null && !name.Contains(only, StringComparison.Ordinal))
        {
            continue;
        }

        string file = Path.Combine(scratch, "network.onnx");
        using (FileStream stream = File.Create(file))
        {
            OnnxExport.Write(graph, stream, network);
        }

        foreach (int threads in new[] { 1, 2 })
        {
            peer.Load(file, threads);
            Contest contest = Contest.Run(peer, name, graph, threads, seconds);
            equal &= contest.WorstError < 1e-4;
            (Times inTurn, Times afterPause) = (contest.InTurn, contest.AfterPause);
            string row = string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {threads} | {At(inTurn.Ours, 50)} | {At(inTurn.Ours, 90)} | {At(inTurn.Ours, 99)} | {At(inTurn.Theirs, 50)} | {At(inTurn.Theirs, 90)} | {At(inTurn.Theirs, 99)} | **{inTurn.Ratio:0.00}x** | {contest.WorstError:0.0e0} ({contest.WorstOutput}) | {At(afterPause.Ours, 50)} | {At(afterPause.Theirs, 50)} | {afterPause.Ratio:0.00}x |");
            Console.WriteLine(row);
            lines.AppendLine(row);
        }
    }
}

Console.WriteLine($"load average after: {Load()}");
Directory.Delete(scratch, recursive: true);
return equal ? 0 : 1;

string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

static string At(List<double> times, int percent) => Times.Percentile(times, percent).ToString("0.00", CultureInfo.InvariantCulture);

static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Trim() : "unknown";
