namespace HandMeshEngine.Bench.Accuracy;

/// <summary>A line of the report: what was judged under one name.</summary>
internal sealed record Row(string Group, string Name, IReadOnlyList<Judgement> Judged)
{
    public int Scenes => Judged.Count;

    public int Found => Judged.Count(one => one.Found);

    public int Elsewhere => Judged.Sum(one => one.Elsewhere);

    public int SideRight => Judged.Count(one => one.SideRight);

    public double Joints => Mean(one => one.Joints);

    public double JointsMedian => Median(one => one.Joints);

    public double JointsByDistance => Mean(one => one.JointsByDistance);

    public double JointsAligned => Mean(one => one.JointsAligned);

    public double Vertices => Mean(one => one.Vertices);

    public double VerticesAligned => Mean(one => one.VerticesAligned);

    public double Keypoints => Mean(one => one.Keypoints);

    public double Overlap => Mean(one => one.Overlap);

    private double Mean(Func<Judgement, double> of) => Values(of).DefaultIfEmpty(double.NaN).Average();

    private double Median(Func<Judgement, double> of)
    {
        double[] sorted = [.. Values(of).Order()];
        return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private IEnumerable<double> Values(Func<Judgement, double> of) => Judged.Select(of).Where(double.IsFinite);
}
