using System.Runtime.InteropServices;

namespace HandMeshEngine.Cli.Benchmarking;

/// <summary>What a number is worth nothing without: device, driver, processor, threads, load.</summary>
/// <param name="Device">What computes, in words.</param>
/// <param name="Driver">GPU and driver as reported; the reason where there is none.</param>
/// <param name="Processor">Model name and number of logical processors.</param>
/// <param name="Runtime">.NET, operating system.</param>
/// <param name="LoadBefore">Load average over a minute when the measurement began.</param>
/// <param name="LoadAfter">Load average over a minute when it ended.</param>
/// <param name="Others">Share of the processors' time that went to others meanwhile, 0 to 1; NaN where the system does not say.</param>
/// <param name="Date">UTC.</param>
internal sealed record MachineFacts(
    string Device, string Driver, string Processor, string Runtime, string LoadBefore, string LoadAfter, double Others, string Date)
{
    private const double Quiet = 0.05;

    /// <summary>Others took so little that the numbers speak of this program.</summary>
    public bool IsQuiet => !(Others > Quiet);

    /// <summary>The facts of this moment.</summary>
    public static MachineFacts Collect(HandEstimator estimator, MachineLoad load) => new(
        $"{estimator.Device}: {estimator.DeviceDescription}",
        estimator.Device == "cuda" ? Devices.Report().First(report => report.Name == "cuda").Words : "none used",
        $"{ReadFirst("/proc/cpuinfo", ModelName) ?? RuntimeInformation.ProcessArchitecture.ToString()}, {Environment.ProcessorCount} logical processors",
        $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}",
        load.Before,
        MachineLoad.Average(),
        load.Others(),
        DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));

    /// <summary>The most memory that this process has had resident, bytes.</summary>
    public static long PeakMemory() => ReadFirst("/proc/self/status", Peak) is { } text
        ? long.Parse(text, CultureInfo.InvariantCulture) * 1024
        : Environment.WorkingSet;

    private static string? Peak(string line) => line.StartsWith("VmHWM:", StringComparison.Ordinal)
        ? line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[1]
        : null;

    private static string? ModelName(string line) =>
        line.StartsWith("model name", StringComparison.Ordinal) ? line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() : null;

    private static string? ReadFirst(string path, Func<string, string?> choose) =>
        File.Exists(path) ? File.ReadLines(path).Select(choose).FirstOrDefault(value => value is not null) : null;
}
