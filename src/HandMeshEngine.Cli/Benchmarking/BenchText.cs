namespace HandMeshEngine.Cli.Benchmarking;

/// <summary>A benchmark for people.</summary>
internal static class BenchText
{
    public static void Write(TextWriter writer, BenchReport report)
    {
        WriteMachine(writer, report.System, report.Machine);
        var times = new TextTable("ms", "p50", "p90", "p99", "p99.9", "max", "min", "samples", "spread of p50") { Optional = ["min", "p99.9"] };
        foreach ((string name, Samples s) in report.Times)
        {
            times.Add(
                name, Ms(s.Percentile(50)), Ms(s.Percentile(90)), Ms(s.Percentile(99)), Ms(s.Percentile(99.9)), Ms(s.Max), Ms(s.Min),
                s.Count.ToString(CultureInfo.InvariantCulture), $"{Ms(s.LowestMedian)}-{Ms(s.HighestMedian)}");
        }

        times.WriteTo(writer);
        Page.Write(writer, "end_to_end: RGB in host memory to vertices in host memory; after_pause: the same, each 33 ms after the last, as with a camera");
        if (!report.Machine.IsQuiet)
        {
            Page.Write(writer, "the machine was not quiet: these times are upper bounds, and another run may differ by more than the spread");
        }

        writer.WriteLine();
        double total = report.Profile.Milliseconds;
        var stages = new TextTable("stage", "ms", "share");
        foreach ((string stage, double microseconds) in report.Profile.Stages)
        {
            stages.Add(stage, Ms(microseconds / 1000), (microseconds / 10 / total).ToString("0.0", CultureInfo.InvariantCulture) + " %");
        }

        stages.Add("sum", Ms(total), "100 %");
        stages.WriteTo(writer);
        Page.Write(writer, string.Create(
            CultureInfo.InvariantCulture,
            $"stages: means of {report.Profile.Predictions} separate runs with a clock read around every step; their sum is {100 * total / report.Times[0].Times.Mean:0} % of the mean of end_to_end"));
        Page.Write(writer, "start: " + string.Join(", ", report.Start.Select(part => $"{part.Name} {Ms(part.Milliseconds)} ms")));
        foreach ((string name, double rate) in report.Rates)
        {
            Page.Write(writer, string.Create(CultureInfo.InvariantCulture, $"throughput: {name}: {rate:0.0} a second"));
        }

        Page.Write(writer, string.Create(
            CultureInfo.InvariantCulture, $"memory: plans {report.PlanBytes / 1048576.0:0.0} MiB, process at most {report.PeakBytes / 1048576.0:0.0} MiB until the first prediction has ended"));
        Page.Write(writer, report.Limits.ToString());
    }

    /// <summary>The lines without which no number means anything.</summary>
    public static void WriteMachine(TextWriter writer, string system, MachineFacts machine)
    {
        Page.Write(writer, $"{system} on {machine.Device}; {machine.Date} UTC");
        Page.Write(writer, $"{machine.Processor}; GPU and driver: {machine.Driver}; {machine.Runtime}; load average {machine.LoadBefore} before, {machine.LoadAfter} after; others took {Share(machine.Others)} of the processors");
    }

    private static string Share(double share) => double.IsNaN(share) ? "an unknown share" : (100 * share).ToString("0", CultureInfo.InvariantCulture) + " %";

    private static string Ms(double value) => value.ToString(value < 1 ? "0.0000" : value < 100 ? "0.000" : "0.0", CultureInfo.InvariantCulture);
}
