namespace HandMeshEngine.Cli.Benchmarking;

/// <summary>The steps of a prediction for people: every stage with its sum, below it its steps.</summary>
/// <param name="profile">What was measured.</param>
/// <param name="ceilings">Of the device, or null where they are not known.</param>
internal sealed class ProfileTable(ProfiledRun profile, Ceilings? ceilings)
{
    /// <summary>Slowest stage first, and in it the slowest step first; otherwise both as they run.</summary>
    public bool SlowestFirst { get; init; }

    /// <summary>Only so many steps, the slowest ones; null shows all.</summary>
    public int? Top { get; init; }

    /// <summary>Each step as the plan has it, instead of its label.</summary>
    public bool Full { get; init; }

    public void Write(TextWriter writer)
    {
        var shown = new HashSet<StepTime>(
            profile.Steps.OrderByDescending(step => step.Microseconds).Take(Top ?? profile.Steps.Count), ReferenceEqualityComparer.Instance);
        IEnumerable<List<StepTime>> stages = profile.Steps.GroupBy(step => (step.Network, step.Stage)).Select(stage => stage.ToList());
        var table = new TextTable("stage, step", "us", "runs", "%", "MFLOP", "MB", "GFLOP/s", "GB/s", "% of ceiling") { Optional = ["MB", "MFLOP", "runs", "GB/s"] };
        var texts = new List<(string Label, string Kernel)>();
        foreach (List<StepTime> stage in SlowestFirst ? stages.OrderByDescending(Microseconds) : stages)
        {
            Add(table, $"{stage[0].Network}: {stage[0].Stage}", string.Empty, stage);
            List<StepTime> steps = [.. stage.Where(shown.Contains)], others = [.. stage.Where(step => !shown.Contains(step))];
            if (SlowestFirst)
            {
                steps.Sort((a, b) => b.Microseconds.CompareTo(a.Microseconds));
            }

            foreach (StepTime step in steps)
            {
                string label = Full ? $"#{texts.Count + 1} {StepLabel.Of(step.Kernel)}" : StepLabel.Of(step.Kernel);
                texts.Add((label, step.Kernel));
                Add(table, "  " + label, Number(step.Runs, "0.##"), [step]);
            }

            if (others.Count > 0)
            {
                Add(table, string.Create(CultureInfo.InvariantCulture, $"  {others.Count} other step{(others.Count == 1 ? string.Empty : "s")}"), string.Empty, others);
            }
        }

        table.Add("host", Number(profile.HostMicroseconds, "0.0"), string.Empty, Share(profile.HostMicroseconds), string.Empty, string.Empty, string.Empty, string.Empty, string.Empty);
        table.WriteTo(writer);
        if (Full)
        {
            PlanText.Write(writer, texts.Select((text, index) => string.Create(CultureInfo.InvariantCulture, $"#{index + 1} {text.Kernel}")));
        }
    }

    private static double Microseconds(IEnumerable<StepTime> steps) => steps.Sum(step => step.Microseconds);

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private void Add(TextTable table, string name, string runs, IReadOnlyCollection<StepTime> steps)
    {
        double microseconds = Microseconds(steps), seconds = Math.Max(microseconds, 1e-3) / 1e6;
        double flop = 2 * steps.Sum(step => step.MultiplyAdds), bytes = steps.Sum(step => step.Bytes);
        string ofCeiling = ceilings is null ? "-"
            : Number(100 * Math.Max(flop / seconds / ceilings.FlopsPerSecond, bytes / seconds / ceilings.BytesPerSecond), "0");
        table.Add(
            name, Number(microseconds, "0.0"), runs, Share(microseconds), Number(flop / 1e6, "0.0"), Number(bytes / 1e6, "0.00"),
            Number(flop / seconds / 1e9, "0.0"), Number(bytes / seconds / 1e9, "0.0"), ofCeiling);
    }

    private string Share(double microseconds) => Number(microseconds / 10 / profile.Milliseconds, "0.0");
}
