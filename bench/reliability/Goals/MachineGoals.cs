using System.Diagnostics;
using System.Globalization;
using HandMeshEngine.Checkpoints;

namespace HandMeshEngine.Bench.Reliability.Goals;

/// <summary>What the checks cost.</summary>
internal static class MachineGoals
{
    public static IEnumerable<Goal> All => [new("R17", "weights load at 1 GB/s, or within 1.3 times a plain read, with every check", Load)];

    private static Outcome Load(Budget budget)
    {
        string file = Path.Combine(Scene.Repository, "weights", "mediapipe-hand-full.safetensors");
        int times = budget.Count(20, 200);
        double plain = Median(times, () => File.ReadAllBytes(file));
        double read = Median(times, () => SafetensorsFile.Read(file));
        double rate = new FileInfo(file).Length / read / 1e9;
        return new Outcome(
            rate >= 1 || read <= 1.3 * plain,
            string.Create(CultureInfo.InvariantCulture, $"median of {times}: {read * 1000:0.00} ms, {rate:0.0} GB/s, a plain read {plain * 1000:0.00} ms"));
    }

    private static double Median(int times, Action action)
    {
        action();
        double[] seconds = new double[times];
        for (int i = 0; i < times; i++)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        Array.Sort(seconds);
        return seconds[times / 2];
    }
}
