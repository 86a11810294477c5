namespace HandMeshEngine.Cli.Benchmarking;

/// <summary>What a prediction's time consists of, by the plan's counts and the measured ceilings; one line for the end of a report.</summary>
/// <param name="Parts">Milliseconds of each part, largest first. <c>kernels</c> is what steps need beyond their lower bounds.</param>
/// <param name="Total">Milliseconds of the prediction.</param>
/// <param name="Counts">Steps, multiply-adds and bytes behind the parts.</param>
internal sealed record Limits(IReadOnlyList<(string Name, double Milliseconds)> Parts, double Total, string Counts)
{
    /// <summary>Splits a prediction.</summary>
    /// <param name="profile">Steps with their times, arithmetic and bytes.</param>
    /// <param name="ceilings">Of the device; null leaves arithmetic and bytes undivided.</param>
    public static Limits Of(ProfiledRun profile, Ceilings? ceilings)
    {
        // The cheapest step does next to nothing: what it takes is the price of any step.
        double launchUs = profile.Steps.Count == 0 ? 0 : profile.Steps.Min(step => step.Microseconds / Math.Max(step.Runs, 1e-9));
        double flopsUs = 0, bytesUs = 0, launchesUs = 0, restUs = 0, count = 0;
        foreach (StepTime step in profile.Steps)
        {
            double launch = Math.Min(launchUs * step.Runs, step.Microseconds), left = step.Microseconds - launch;
            count += step.Runs;
            launchesUs += launch;
            double arithmetic = ceilings is null ? 0 : step.MultiplyAdds * 2e6 / ceilings.FlopsPerSecond;
            double movement = ceilings is null ? 0 : step.Bytes * 1e6 / ceilings.BytesPerSecond;
            double bound = Math.Min(Math.Max(arithmetic, movement), left);
            if (arithmetic >= movement)
            {
                flopsUs += bound;
            }
            else
            {
                bytesUs += bound;
            }

            restUs += left - bound;
        }

        (string Name, double Milliseconds)[] parts =
        [
            ("FLOPs", flopsUs / 1000), ("bytes", bytesUs / 1000), ("launches", launchesUs / 1000),
            (ceilings is null ? "steps" : "kernels below their ceilings", restUs / 1000), ("host", profile.HostMicroseconds / 1000),
        ];
        string counts = string.Create(
            CultureInfo.InvariantCulture,
            $"{count:0} steps at {launchUs:0.0} us, {profile.Steps.Sum(step => step.MultiplyAdds) / 1e6:0} M multiply-adds, {profile.Steps.Sum(step => step.Bytes) / 1e6:0.0} MB")
            + (ceilings is null ? "; ceilings of this device are not measured" : string.Create(
                CultureInfo.InvariantCulture, $"; ceilings {ceilings.FlopsPerSecond / 1e9:0} GFLOP/s, {ceilings.BytesPerSecond / 1e9:0.0} GB/s"));
        return new Limits([.. parts.OrderByDescending(part => part.Milliseconds)], profile.Milliseconds, counts);
    }

    /// <summary>The line.</summary>
    public override string ToString() =>
        $"what limits: {Parts[0].Name} ({string.Join(", ", Parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Name} {100 * part.Milliseconds / Total:0} %")))}; {Counts})";
}
