using System.Text.Json.Nodes;
using HandMeshEngine.Cases.Ops;
using HandMeshEngine.Compute;
using HandMeshEngine.Cuda;

namespace GpuKit;

/// <summary>Runs every op case on a device against the reference backend and writes one JSON line a case.</summary>
internal static class OpsCheck
{
    // Half has 11 bits: what float32 accumulation leaves of a float16 plan.
    private const double Float16Tolerance = 1e-4;

    /// <summary>Usage: ops OUT.jsonl [--device cuda] [--precision fp32|fp16] [--every N]. Exit code 1 if a case fails.</summary>
    public static int Run(string[] args)
    {
        string device = Option(args, "--device") ?? "cuda";
        Precision precision = Option(args, "--precision") == "fp16" ? Precision.Float16 : Precision.Float32;
        int every = int.Parse(Option(args, "--every") ?? "1", System.Globalization.CultureInfo.InvariantCulture);
        if (args.Length == 0)
        {
            Console.Error.WriteLine("usage: kit ops OUT.jsonl [--device cuda] [--precision fp32|fp16] [--every N]");
            return 2;
        }

        using var lines = new StreamWriter(args[0]);
        using Backend reference = Devices.Open("reference");
        Backend tested;
        try
        {
            tested = Devices.Open(device);
        }
        catch (CudaException exception)
        {
            Console.Error.WriteLine($"kit: {exception.Message}");
            return 4;
        }

        int passed = 0, failed = 0;
        using (tested)
        {
            OpCase[] cases = [.. OpCases.All.Where((_, i) => i % every == 0)];
            foreach (OpCase item in cases)
            {
                JsonObject line = Check(item, tested, reference, precision);
                lines.WriteLine(line.ToJsonString());
                bool ok = line["passed"]!.GetValue<bool>();
                (passed, failed) = ok ? (passed + 1, failed) : (passed, failed + 1);
                if (!ok)
                {
                    Console.WriteLine(line.ToJsonString());
                }
            }
        }

        Console.WriteLine($"ops on {device} {(precision == Precision.Float16 ? "fp16" : "fp32")}: {passed} passed, {failed} failed");
        return failed == 0 ? 0 : 1;
    }

    private static JsonObject Check(OpCase item, Backend tested, Backend reference, Precision precision)
    {
        try
        {
            OpComparison comparison = OpComparison.Run(item, tested, reference, new SessionOptions { Precision = precision });
            double tolerance = precision == Precision.Float16 ? Math.Max(item.Tolerance, Float16Tolerance) : item.Tolerance;
            return new JsonObject
            {
                ["case"] = item.Name,
                ["passed"] = comparison.Error <= tolerance,
                ["error"] = double.IsFinite(comparison.Error) ? comparison.Error : null,
                ["tolerance"] = tolerance,
                ["worst"] = comparison.ToString(),
            };
        }
        catch (Exception exception) when (exception is CudaException or NotSupportedException or HandMeshEngine.Compute.Graph.GraphException)
        {
            return new JsonObject { ["case"] = item.Name, ["passed"] = false, ["error"] = null, ["worst"] = exception.Message };
        }
    }

    private static string? Option(string[] args, string name) =>
        Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
}
