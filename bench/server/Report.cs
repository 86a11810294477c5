using System.Globalization;

namespace HandMeshEngine.ServerLoad;

/// <summary>What a run was like: statuses, percentiles, histogram.</summary>
internal static class Report
{
    public static void Write(string what, Sample[] samples, double seconds)
    {
        double[] sorted = [.. samples.Where(sample => sample.Status == "200").Select(sample => sample.Milliseconds).Order()];
        string statuses = string.Join(", ", samples.GroupBy(sample => sample.Status).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Key}: {group.Count()}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {sorted.Length / seconds:0.0} answers/s ({statuses})"));
        Percentiles("  measured", sorted);
        if (sorted.Length == 0)
        {
            return;
        }

        foreach (IGrouping<double, double> bucket in sorted.GroupBy(time => Math.Ceiling(2 * Math.Log2(time))).OrderBy(bucket => bucket.Key))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  up to {Math.Pow(2, bucket.Key / 2),8:0.0} ms {bucket.Count(),7} {new string('#', (int)Math.Ceiling(50.0 * bucket.Count() / sorted.Length))}"));
        }
    }

    public static void Percentiles(string what, double[] sorted)
    {
        if (sorted.Length > 0)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: p50 {At(sorted, 0.5):0.0}  p90 {At(sorted, 0.9):0.0}  p99 {At(sorted, 0.99):0.0}  p99.9 {At(sorted, 0.999):0.0}  longest {sorted[^1]:0.0} ms"));
        }
    }

    private static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
}
