using System.Globalization;
using System.Runtime.InteropServices;
using HandMeshEngine;
using HandMeshEngine.Bench.LayerTable;
using HandMeshEngine.Compute;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Passes;

// Usage: layers SYSTEM[/VARIANT[/NETWORK]]... [--threads N] [--seconds S] [--percentile P] [--kinds] [--bf16]
// Every step of a network on the processor: the median (or another percentile) of its times, its arithmetic against the measured peak, its bytes against a
// measured copy. --kinds prints sums over the kinds of steps only. --bf16 instead compares whole networks in fp32 and in bf16, in turn, milliseconds.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int threads = int.Parse(Option("--threads") ?? "1", CultureInfo.InvariantCulture);
double seconds = double.Parse(Option("--seconds") ?? "3", CultureInfo.InvariantCulture);
int percentile = int.Parse(Option("--percentile") ?? "50", CultureInfo.InvariantCulture);
bool onlyKinds = args.Contains("--kinds");
string[] names = [.. args.TakeWhile(arg => !arg.StartsWith("--", StringComparison.Ordinal))];
if (names.Length == 0)
{
    Console.Error.WriteLine("name a network: layers mediapipe-hand/full/hand mobrecon/dsconv");
    return 2;
}

using Backend backend = Devices.Open("cpu", threads);
Console.WriteLine($"{DateTime.UtcNow:yyyy-MM-dd} {backend.Description}; {Environment.ProcessorCount} cores; {RuntimeInformation.FrameworkDescription}; load average {Load()}");
bool comparesPrecisions = args.Contains("--bf16");
if (comparesPrecisions)
{
    Console.WriteLine("\n| network | runs | median fp32 / bf16 | least | sum of the steps' least |\n| --- | --- | --- | --- | --- |");
}

foreach (string name in names)
{
    string[] parts = name.Split('/');
    string? variant = parts.Length > 1 ? parts[1] : null;
    var options = new EstimatorOptions { System = parts[0], Variant = variant, Weights = HandSystems.Find(parts[0]).ShipsWithWeights ? null : "random:1" };
    foreach ((string network, OpGraph graph) in HandNetworks.Build(options))
    {
        if (parts.Length < 3 || parts[2] == network)
        {
            if (comparesPrecisions)
            {
                PrecisionComparison.Print($"{parts[0]}{(variant is null ? string.Empty : " " + variant)} {network}", backend, NetworkInputs.Cut(graph), seconds);
                continue;
            }

            LayerTable table = LayerTable.Measure(backend, NetworkInputs.Cut(graph), seconds, percentile);
            table.Print($"{parts[0]}{(variant is null ? string.Empty : " " + variant)} {network}, {threads} threads", Ceilings.OfProcessor(threads), onlyKinds);
        }
    }
}

return 0;

string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Trim() : "unknown";
