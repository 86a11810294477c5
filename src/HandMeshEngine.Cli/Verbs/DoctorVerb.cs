using System.Runtime.InteropServices;

namespace HandMeshEngine.Cli.Verbs;

/// <summary><c>handmesh doctor</c>: what is found, what will be used, and why not the rest.</summary>
internal static class DoctorVerb
{
    public static Command Create()
    {
        var verb = new Command("doctor", "Says what this machine offers, what will be used, and why not the rest.");
        verb.SetAction(_ =>
        {
            Page.Write(Console.Out, $"handmesh {typeof(HandEstimator).Assembly.GetName().Version?.ToString(3)} on {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}");
            string? chosen = null;
            foreach (DeviceReport report in Devices.Report())
            {
                chosen ??= report.IsUsable ? report.Name : null;
                Page.Write(Console.Out, $"{report.Name,-6} {(report.IsUsable ? "yes" : "no "),-4} {report.Words}", 12);
            }

            Console.WriteLine($"--device auto uses {chosen}.");
            Page.Write(Console.Out, "NVRTC, the compiler of the CUDA kernels, is looked for in:");
            foreach (string place in Devices.CompilerPlaces())
            {
                Page.Write(Console.Out, $"  {place}{(Path.IsPathRooted(place) ? File.Exists(place) || Directory.Exists(place) ? string.Empty : " (not there)" : " (by the system's loader)")}");
            }

            HandSystem system = HandSystems.Default;
            foreach (string variant in system.Variants)
            {
                Page.Write(
                    Console.Out,
                    $"default weights, {variant}: {system.FindWeights(variant) ?? $"missing, looked in {string.Join(", ", WeightFolders.All)}"}");
            }

            return ExitCode.Fine;
        });
        return verb;
    }
}
