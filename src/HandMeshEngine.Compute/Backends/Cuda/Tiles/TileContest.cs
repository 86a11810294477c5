namespace HandMeshEngine.Compute.Backends.Cuda.Tiles;

/// <summary>
/// Decides between the rule's tile and others by their times: another one wins only if it is faster by more than times of one tile differ
/// among themselves, and is so in both halves of the measurement, because clocks drift.
/// </summary>
internal static class TileContest
{
    /// <summary>Less is no gain, even where times hardly differ: clocks have steps.</summary>
    private const double LeastGain = 0.01;

    /// <summary>The index of the winner.</summary>
    /// <param name="times">Of each candidate in order of measurement, the rule's first; microseconds.</param>
    public static int Winner(IReadOnlyList<IReadOnlyList<double>> times)
    {
        int winner = 0;
        double best = double.PositiveInfinity;
        for (int i = 1; i < times.Count; i++)
        {
            double median = Quantile(times[i], 0.5);
            if (median < best && Wins(times[i], times[0]))
            {
                (winner, best) = (i, median);
            }
        }

        return winner;
    }

    /// <summary>The time that half of them are below.</summary>
    public static double Median(IReadOnlyList<double> times) => Quantile(times, 0.5);

    private static bool Wins(IReadOnlyList<double> challenger, IReadOnlyList<double> holder)
    {
        double margin = Math.Max(LeastGain * Quantile(holder, 0.5), Math.Max(Spread(challenger), Spread(holder)));
        return Gain(challenger, holder) > margin
            && Gain(Half(challenger, 0), Half(holder, 0)) > margin
            && Gain(Half(challenger, 1), Half(holder, 1)) > margin;
    }

    private static double Gain(IReadOnlyList<double> challenger, IReadOnlyList<double> holder) => Quantile(holder, 0.5) - Quantile(challenger, 0.5);

    // Between the quartiles: a single late sample says nothing about a kernel.
    private static double Spread(IReadOnlyList<double> times) => Quantile(times, 0.75) - Quantile(times, 0.25);

    private static double[] Half(IReadOnlyList<double> times, int half)
    {
        int middle = Math.Max(1, times.Count / 2);
        return half == 0 || times.Count == 1 ? [.. times.Take(middle)] : [.. times.Skip(middle)];
    }

    private static double Quantile(IReadOnlyList<double> times, double share)
    {
        double[] sorted = [.. times.Order()];
        return sorted[(int)Math.Round(share * (sorted.Length - 1))];
    }
}
