using HandMeshEngine.Compute;

namespace HandMeshEngine.Cases.Ops;

/// <summary>How far one backend's result of a case is from another's.</summary>
/// <param name="Output">Name of the worst output.</param>
/// <param name="Error">sum((a-b)^2)/sum(b^2), infinite if a value is missing or not finite where the reference is.</param>
/// <param name="WorstIndex">Where the largest difference is.</param>
/// <param name="Got">The value there.</param>
/// <param name="Expected">The reference's value there.</param>
public sealed record OpComparison(string Output, double Error, int WorstIndex, float Got, float Expected)
{
    /// <summary>Runs a case on two backends and compares all outputs.</summary>
    public static OpComparison Run(OpCase item, Backend tested, Backend reference, SessionOptions? options = null)
    {
        OpScene scene = item.Make();
        using Session expected = scene.Open(reference);
        using Session got = scene.Open(tested, options);
        scene.Run(expected);
        scene.Run(got);
        return expected.Graph.Outputs.Keys
            .Select(name => Compare(name, got.Output(name), expected.Output(name)))
            .MaxBy(comparison => comparison.Error)!;
    }

    /// <summary>Compares one output.</summary>
    public static OpComparison Compare(string name, ReadOnlySpan<float> got, ReadOnlySpan<float> expected)
    {
        if (got.Length != expected.Length)
        {
            return new OpComparison(name, double.PositiveInfinity, -1, got.Length, expected.Length);
        }

        double difference = 0, size = 0, worst = -1;
        int worstIndex = 0;
        for (int i = 0; i < got.Length; i++)
        {
            if (got[i] == expected[i] || (float.IsNaN(got[i]) && float.IsNaN(expected[i])))
            {
                size += float.IsFinite(expected[i]) ? (double)expected[i] * expected[i] : 0;
                continue;
            }

            double distance = Math.Abs((double)got[i] - expected[i]);
            distance = double.IsNaN(distance) ? double.PositiveInfinity : distance;
            difference += distance * distance;
            size += (double)expected[i] * expected[i];
            if (distance > worst)
            {
                (worst, worstIndex) = (distance, i);
            }
        }

        double error = difference == 0 ? 0 : difference / Math.Max(size, double.Epsilon);
        return new OpComparison(name, double.IsNaN(error) ? double.PositiveInfinity : error, worstIndex, got[worstIndex], expected[worstIndex]);
    }

    /// <summary>One line for a report.</summary>
    public override string ToString() => $"output {Output}: error {Error:E2}, worst at {WorstIndex}: {Got} instead of {Expected}";
}
