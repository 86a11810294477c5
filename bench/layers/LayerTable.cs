using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using HandMeshEngine.Compute;
using HandMeshEngine.Compute.Graph;

namespace HandMeshEngine.Bench.LayerTable;

/// <summary>The median time of every step of a network, and of the whole network without a clock between the steps.</summary>
internal sealed partial class LayerTable
{
    private const int Burst = 20;

    private readonly IReadOnlyList<ProfileStep> _steps;
    private readonly double[] _us;
    private readonly double _wholeUs;

    private LayerTable(IReadOnlyList<ProfileStep> steps, double[] us, double wholeUs) => (_steps, _us, _wholeUs) = (steps, us, wholeUs);

    /// <summary>Runs the network with and without the profile in turn.</summary>
    public static LayerTable Measure(Backend backend, OpGraph network, double seconds, int percentile)
    {
        using Session measured = backend.Open(network, SessionOptions.Default with { Profile = true });
        using Session whole = backend.Open(network, SessionOptions.Default);
        foreach (Session session in (Session[])[measured, whole])
        {
            var random = new Random(1);
            foreach (ref float value in session.Input<float>("input"))
            {
                value = random.NextSingle();
            }
        }

        Profile profile = measured.Profile!;
        var samples = new List<double>[profile.Steps.Count];
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = [];
        }

        var wholes = new List<double>();
        long start = Stopwatch.GetTimestamp();
        for (int round = -1; round < 1 || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds; round++)
        {
            // In bursts: the first run of each finds the other session's memory in the caches.
            for (int run = 0; run < Burst; run++)
            {
                long begin = Stopwatch.GetTimestamp();
                whole.Run();
                double us = Stopwatch.GetElapsedTime(begin).TotalMicroseconds;
                if (round >= 0 && run > 0)
                {
                    wholes.Add(us);
                }
            }

            for (int run = 0; run < Burst; run++)
            {
                profile.Reset();
                measured.Run();
                for (int i = 0; i < samples.Length && round >= 0 && run > 0; i++)
                {
                    samples[i].Add(profile.Microseconds(i));
                }
            }
        }

        return new LayerTable(profile.Steps, [.. samples.Select(list => At(list, percentile))], At(wholes, percentile));
    }

    /// <summary>Writes a Markdown table.</summary>
    public void Print(string title, Ceilings ceilings, bool onlyKinds)
    {
        Console.WriteLine();
        Console.WriteLine($"**{title}**: {_wholeUs / 1000:0.00} ms; {_steps.Sum(step => step.MultiplyAdds) / 1e6:0} M multiply-adds, {_steps.Sum(step => 2.0 * step.MultiplyAdds) / _wholeUs / 1e3:0} GFLOP/s; "
            + $"ceilings {ceilings.FlopsPerSecond / 1e9:0} GFLOP/s, {ceilings.BytesPerSecond / 1e9:0} GB/s of a copy that no cache holds");
        Console.WriteLine();
        Console.WriteLine("| step | us | share of time | MFLOP | GFLOP/s | of peak | GB/s | us above the peak |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- |");
        var lines = Enumerable.Range(0, _us.Length).Select(i => (Name: Short(_steps[i].Kernel), Us: _us[i], Step: _steps[i]));
        if (!onlyKinds)
        {
            foreach ((string name, double us, ProfileStep step) in lines)
            {
                Row(name, us, step.MultiplyAdds, step.Bytes, ceilings);
            }
        }

        foreach (var kind in lines.GroupBy(line => Kind(line.Name)).OrderByDescending(group => group.Sum(line => line.Us)))
        {
            Row($"all {kind.Count()} {kind.Key}", kind.Sum(line => line.Us), kind.Sum(line => line.Step.MultiplyAdds), kind.Sum(line => line.Step.Bytes), ceilings);
        }
    }

    private void Row(string name, double us, long multiplyAdds, long bytes, Ceilings ceilings)
    {
        double flops = 2.0 * multiplyAdds, rate = flops / us / 1e3;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {us:0.0} | {100 * us / _us.Sum():0.0} % | {flops / 1e6:0.0} | {rate:0} | {1e11 * rate / ceilings.FlopsPerSecond:0} % | {bytes / us / 1e3:0.0} | {us - (flops / ceilings.FlopsPerSecond * 1e6):0} |"));
    }

    // Without the places in the arena.
    private static string Short(string kernel) => Places().Replace(kernel, string.Empty);

    private static string Kind(string name)
    {
        string[] words = name.Split(' ');
        string kind = words[0];
        return kind switch
        {
            "conv2d" when name.Contains("winograd", StringComparison.Ordinal) => "conv2d winograd",
            "conv2d" => name.Contains(" p0 ", StringComparison.Ordinal) && name.Contains(" s1 ", StringComparison.Ordinal) ? "conv2d s1 p0" : "conv2d",
            _ => kind,
        };
    }

    private static double At(List<double> values, int percentile)
    {
        values.Sort();
        return values[values.Count * percentile / 100];
    }

    [GeneratedRegex(@" @\d+( /\d+)?( \+[\d,]+)?|( /\d+)")]
    private static partial Regex Places();
}
