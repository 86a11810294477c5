namespace HandMeshEngine.ServerLoad;

/// <summary>M/G/c: Poisson arrivals, measured service times, c lanes, first come first served; simulated.</summary>
internal static class QueueModel
{
    private const int Arrivals = 200_000;

    /// <summary>Times in the system, milliseconds, sorted.</summary>
    /// <param name="serviceMs">Measured service times, drawn from with replacement.</param>
    /// <param name="rate">Arrivals a second.</param>
    /// <param name="lanes">c.</param>
    /// <param name="seed">Of the arrivals and draws.</param>
    public static double[] Simulate(double[] serviceMs, double rate, int lanes, int seed)
    {
        var random = new Random(seed);
        double[] free = new double[lanes];
        double[] times = new double[Arrivals];
        double now = 0;
        for (int i = 0; i < Arrivals; i++)
        {
            now -= 1000 * Math.Log(1 - random.NextDouble()) / rate;
            int lane = Array.IndexOf(free, free.Min());
            free[lane] = Math.Max(now, free[lane]) + serviceMs[random.Next(serviceMs.Length)];
            times[i] = free[lane] - now;
        }

        Array.Sort(times);
        return times;
    }
}
