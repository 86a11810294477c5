namespace HandMeshEngine.Bench.Reliability;

/// <summary>A straight line through measurements, by least squares.</summary>
internal sealed class Slope
{
    private readonly List<(double X, double Y)> _points = [];

    public void Add(double x, double y) => _points.Add((x, y));

    /// <summary>The slope, and half of its 95 % confidence interval (normal approximation).</summary>
    public (double Slope, double HalfInterval) Fit()
    {
        if (_points.Count < 3)
        {
            return (0, double.PositiveInfinity);
        }

        double x = _points.Average(p => p.X), y = _points.Average(p => p.Y);
        double xx = _points.Sum(p => (p.X - x) * (p.X - x));
        double slope = _points.Sum(p => (p.X - x) * (p.Y - y)) / xx;
        double rest = _points.Sum(p => Math.Pow(p.Y - y - (slope * (p.X - x)), 2));
        return (slope, 1.96 * Math.Sqrt(rest / (_points.Count - 2) / xx));
    }
}
