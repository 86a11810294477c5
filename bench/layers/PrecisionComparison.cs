using System.Diagnostics;
using HandMeshEngine.Compute;
using HandMeshEngine.Compute.Graph;

namespace HandMeshEngine.Bench.LayerTable;

/// <summary>One network in fp32 and in bf16, run in turn in one process.</summary>
internal static class PrecisionComparison
{
    /// <summary>
    /// One row of a table: the median and the least time of each, the sum of the least times of all steps, and the ratios. The least times
    /// hardly depend on what else the machine does.
    /// </summary>
    public static void Print(string name, Backend backend, OpGraph network, double seconds)
    {
        Precision[] precisions = [Precision.Float32, Precision.BFloat16];
        Session[] sessions = [.. precisions.Select(precision => backend.Open(network, new SessionOptions { Precision = precision, Profile = true }))];
        List<double>[] times = [[], []];
        double[][] steps = [.. sessions.Select(session => Enumerable.Repeat(double.PositiveInfinity, session.Profile!.Steps.Count).ToArray())];
        foreach (Session session in sessions)
        {
            var random = new Random(1);
            foreach (ref float value in session.Input<float>("input"))
            {
                value = random.NextSingle();
            }
        }

        long start = Stopwatch.GetTimestamp();
        for (int round = -2; round < 5 || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds; round++)
        {
            for (int i = 0; i < sessions.Length; i++)
            {
                Profile profile = sessions[i].Profile!;
                profile.Reset();
                long begin = Stopwatch.GetTimestamp();
                sessions[i].Run();
                if (round >= 0)
                {
                    times[i].Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
                    for (int step = 0; step < steps[i].Length; step++)
                    {
                        steps[i][step] = Math.Min(steps[i][step], profile.Microseconds(step));
                    }
                }
            }
        }

        (double Full, double Half) Both(Func<int, double> of) => (of(0), of(1));
        string Cell((double Full, double Half) pair) => $"{pair.Full:F2} / {pair.Half:F2} ({pair.Full / pair.Half:F2}x)";
        Console.WriteLine($"| {name} | {times[0].Count} | {Cell(Both(i => Median(times[i])))} | {Cell(Both(i => times[i].Min()))} | {Cell(Both(i => steps[i].Sum() / 1000))} |");
        foreach (Session session in sessions)
        {
            session.Dispose();
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
