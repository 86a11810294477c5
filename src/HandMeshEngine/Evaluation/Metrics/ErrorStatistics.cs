namespace HandMeshEngine.Evaluation.Metrics;

/// <summary>
/// Errors of corresponding points over many images, added image by image: mean, median and PCK curves. As the data sets' scripts do,
/// each point is averaged over its valid images first and the points after that (docs/evaluation.md, Conventions).
/// Memory does not grow with the images unless medians are asked for.
/// </summary>
public sealed class ErrorStatistics
{
    private readonly PckThresholds[] _thresholds;
    private readonly double[] _sums;
    private readonly long[] _valid;
    private readonly long[][] _within; // [convention][point * thresholds + threshold]
    private readonly List<double>[]? _all;

    /// <summary>Nothing added yet.</summary>
    /// <param name="points">Points an image.</param>
    /// <param name="thresholds">The curves to keep.</param>
    /// <param name="keepsMedians">Keeps every distance; meant for joints, not for the vertices of a large set.</param>
    /// <exception cref="ArgumentOutOfRangeException">No points.</exception>
    public ErrorStatistics(int points, IReadOnlyList<PckThresholds> thresholds, bool keepsMedians = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 1);
        ArgumentNullException.ThrowIfNull(thresholds);
        _thresholds = [.. thresholds];
        _sums = new double[points];
        _valid = new long[points];
        _within = [.. _thresholds.Select(t => new long[points * t.Values.Length])];
        _all = keepsMedians ? [.. Enumerable.Range(0, points).Select(_ => new List<double>())] : null;
    }

    /// <summary>Points an image.</summary>
    public int Points => _sums.Length;

    /// <summary>Images added.</summary>
    public int Images { get; private set; }

    /// <summary>Mean over the points of each point's mean over its valid images, in the unit that was added; NaN before the first.</summary>
    public double Mean => MeanOverPoints(point => _sums[point] / _valid[point]);

    /// <summary>Mean over the points of each point's median; NaN before the first.</summary>
    /// <exception cref="InvalidOperationException">Medians were not asked for.</exception>
    public double Median => _all is null
        ? throw new InvalidOperationException("these statistics keep no medians; ask for them in the constructor")
        : MeanOverPoints(point => MedianOf(_all[point]));

    /// <summary>Adds the distances of one image.</summary>
    /// <param name="distances">One for each point, metres.</param>
    /// <param name="valid">Which points count; empty means all.</param>
    /// <exception cref="ArgumentException">A count is not the number of points, or a valid distance is not a number.</exception>
    public void Add(ReadOnlySpan<double> distances, ReadOnlySpan<bool> valid = default)
    {
        if (distances.Length != Points || (!valid.IsEmpty && valid.Length != Points))
        {
            throw new ArgumentException($"{distances.Length} distances with {valid.Length} flags do not fit {Points} points");
        }

        for (int point = 0; point < Points; point++)
        {
            if (valid.IsEmpty || valid[point])
            {
                AddPoint(point, distances[point]);
            }
        }

        Images++;
    }

    /// <summary>The PCK curve of a convention: for each threshold the share of distances at or below it, point by point, then averaged.</summary>
    /// <exception cref="ArgumentException">The convention was not named in the constructor.</exception>
    public double[] Curve(PckThresholds thresholds)
    {
        int convention = Array.IndexOf(_thresholds, thresholds);
        if (convention < 0)
        {
            throw new ArgumentException($"{thresholds?.Name} is not among the curves of these statistics");
        }

        int count = _thresholds[convention].Values.Length;
        double[] curve = new double[count];
        for (int i = 0; i < count; i++)
        {
            int threshold = i;
            curve[i] = MeanOverPoints(point => (double)_within[convention][(point * count) + threshold] / _valid[point]);
        }

        return curve;
    }

    /// <summary>Area under the PCK curve of a convention, 0 to 1.</summary>
    /// <exception cref="ArgumentException">The convention was not named in the constructor.</exception>
    public double Auc(PckThresholds thresholds) => thresholds.Area(Curve(thresholds));

    private static double MedianOf(List<double> values)
    {
        double[] sorted = [.. values];
        Array.Sort(sorted);
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private void AddPoint(int point, double distance)
    {
        if (!double.IsFinite(distance))
        {
            throw new ArgumentException($"the distance of point {point} is not a number; leave the image out and count it");
        }

        _sums[point] += distance;
        _valid[point]++;
        _all?[point].Add(distance);
        for (int convention = 0; convention < _thresholds.Length; convention++)
        {
            ReadOnlySpan<double> values = _thresholds[convention].Values;
            Span<long> within = _within[convention].AsSpan(point * values.Length, values.Length);
            for (int i = values.Length - 1; i >= 0 && distance <= values[i]; i--)
            {
                within[i]++;
            }
        }
    }

    private double MeanOverPoints(Func<int, double> value)
    {
        double sum = 0;
        int seen = 0;
        for (int point = 0; point < Points; point++)
        {
            if (_valid[point] > 0)
            {
                sum += value(point);
                seen++;
            }
        }

        return sum / seen;
    }
}
