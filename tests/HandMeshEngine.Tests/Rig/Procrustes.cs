namespace HandMeshEngine.Tests.Rig;

/// <summary>Distances between corresponding points, as hand papers report them.</summary>
internal static class Procrustes
{
    /// <summary>Mean distance after the similarity (with scale) that fits best.</summary>
    public static double MeanDistanceMm(ReadOnlySpan<Vector3> points, ReadOnlySpan<Vector3> truth)
    {
        Vector3d[] p = Centred(points), q = Centred(truth);
        Matrix3d turn = Rotations.Align(p, q);
        double scale = p.Zip(q, (a, b) => Vector3d.Dot(turn * a, b)).Sum() / p.Sum(a => a.LengthSquared);
        return 1000 * p.Zip(q, (a, b) => ((scale * (turn * a)) - b).Length).Average();
    }

    /// <summary>Mean distance as they are.</summary>
    public static double PlainMeanDistanceMm(ReadOnlySpan<Vector3> points, ReadOnlySpan<Vector3> truth) =>
        1000 * points.ToArray().Zip(truth.ToArray(), (a, b) => (double)Vector3.Distance(a, b)).Average();

    /// <summary>Mean difference of depth; positive is too far.</summary>
    public static double MeanDepthMm(ReadOnlySpan<Vector3> points, ReadOnlySpan<Vector3> truth) =>
        1000 * points.ToArray().Zip(truth.ToArray(), (a, b) => (double)a.Z - b.Z).Average();

    private static Vector3d[] Centred(ReadOnlySpan<Vector3> points)
    {
        Vector3d[] doubles = [.. points.ToArray().Select(Vector3d.From)];
        Vector3d mean = Vector3d.Mean(doubles);
        return [.. doubles.Select(point => point - mean)];
    }
}
