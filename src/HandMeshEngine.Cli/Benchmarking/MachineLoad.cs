namespace HandMeshEngine.Cli.Benchmarking;

/// <summary>What else the machine is doing while something is measured.</summary>
internal sealed class MachineLoad
{
    private readonly (double Busy, double All) _processors = Processors();
    private readonly TimeSpan _own = Environment.CpuUsage.TotalTime;

    /// <summary>Load average over a minute when this began, this process included.</summary>
    public string Before { get; } = Average();

    /// <summary>The load average over the last minute.</summary>
    public static string Average() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    /// <summary>Share of all processors' time since this began that went to other processes or to other virtual machines, 0 to 1; NaN where the system does not say.</summary>
    public double Others()
    {
        (double busy, double all) = Processors();
        const double ticksPerSecond = 100; // USER_HZ is 100 on every Linux that .NET runs on
        double own = (Environment.CpuUsage.TotalTime - _own).TotalSeconds * ticksPerSecond;
        return Math.Clamp((busy - _processors.Busy - own) / Math.Max(all - _processors.All, 1), 0, 1);
    }

    // Ticks of all processors since the machine started: user, nice, system, idle, waiting for input and output, interrupts (2), stolen.
    private static (double Busy, double All) Processors()
    {
        if (!File.Exists("/proc/stat"))
        {
            return (double.NaN, double.NaN);
        }

        double[] ticks = [.. File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1).Take(8).Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
        return (ticks.Sum() - ticks[3] - ticks[4], ticks.Sum());
    }
}
