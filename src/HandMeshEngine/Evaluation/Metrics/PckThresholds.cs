namespace HandMeshEngine.Evaluation.Metrics;

/// <summary>
/// The thresholds of a PCK curve, metres. The conventions of the data sets differ in the third digit of an AUC, so a curve carries
/// the name of its own (docs/evaluation.md, PCK and AUC).
/// </summary>
public sealed class PckThresholds
{
    private readonly double[] _values;

    private PckThresholds(string name, double[] values) => (Name, _values) = (name, values);

    /// <summary>FreiHAND and HO-3D: 100 values from 0 to 50 mm.</summary>
    public static PckThresholds Challenge { get; } = Even("auc_0_50", 0, 0.05, 100);

    /// <summary>The script for RHD and STB: 20 values from 0 to 50 mm.</summary>
    public static PckThresholds RhdStb { get; } = Even("auc_0_50_20", 0, 0.05, 20);

    /// <summary>What that script calls 20 to 50: the last 12 of its 20 values, 21.05 to 50 mm.</summary>
    public static PckThresholds RhdStbUpper { get; } = new("auc_20_50_rhd_script", RhdStb._values[8..]);

    /// <summary>20 values from 20 to 50 mm (MobRecon's loop; assumed for graphhand and inceptiongraph).</summary>
    public static PckThresholds Upper20 { get; } = Even("auc_20_50", 0.02, 0.05, 20);

    /// <summary>100 values from 20 to 50 mm.</summary>
    public static PckThresholds Upper100 { get; } = Even("auc_20_50_100", 0.02, 0.05, 100);

    /// <summary>100 values from 0 to 100 mm, where errors in camera space show.</summary>
    public static PckThresholds Wide { get; } = Even("auc_0_100", 0, 0.1, 100);

    /// <summary>The convention's name in tables and files.</summary>
    public string Name { get; }

    /// <summary>Ascending, metres.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>Evenly spaced thresholds, both ends included; the last is exactly <paramref name="last"/>.</summary>
    /// <exception cref="ArgumentException">Fewer than two values, or an empty or negative interval.</exception>
    public static PckThresholds Even(string name, double first, double last, int count)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (count < 2 || !(first >= 0) || !(last > first) || !double.IsFinite(last))
        {
            throw new ArgumentException(FormattableString.Invariant($"{count} thresholds from {first} to {last} m are no curve; give at least two over an interval"));
        }

        double step = (last - first) / (count - 1);
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = (i * step) + first;
        }

        values[^1] = last;
        return new PckThresholds(name, values);
    }

    /// <summary>Trapezoid integral of a curve over these thresholds, divided by their range: 0 to 1.</summary>
    /// <param name="curve">A share for each threshold.</param>
    /// <exception cref="ArgumentException">The curve has another length.</exception>
    public double Area(ReadOnlySpan<double> curve)
    {
        if (curve.Length != _values.Length)
        {
            throw new ArgumentException($"a curve of {curve.Length} values does not belong to {_values.Length} thresholds");
        }

        double sum = 0;
        for (int i = 1; i < curve.Length; i++)
        {
            sum += (curve[i] + curve[i - 1]) * (_values[i] - _values[i - 1]) / 2;
        }

        return sum / (_values[^1] - _values[0]);
    }
}
