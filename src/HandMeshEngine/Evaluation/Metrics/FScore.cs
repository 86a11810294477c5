namespace HandMeshEngine.Evaluation.Metrics;

/// <summary>
/// F-score of two point sets: harmonic mean of the share of true points with an estimated one closer than a threshold and of the
/// share of estimated points with a true one closer. Vertices are points; their counts may differ (docs/evaluation.md, F-scores).
/// </summary>
public static class FScore
{
    /// <summary>The F-score at several thresholds.</summary>
    /// <param name="truth">Points, metres.</param>
    /// <param name="estimate">Points, metres.</param>
    /// <param name="thresholds">Distances, metres; nearer than (not at) counts.</param>
    /// <param name="scores">Receives one score (0 to 1) for each threshold.</param>
    /// <exception cref="ArgumentException">A set is empty or there is no room.</exception>
    public static void Compute(ReadOnlySpan<Vector3d> truth, ReadOnlySpan<Vector3d> estimate, ReadOnlySpan<double> thresholds, Span<double> scores)
    {
        if (truth.IsEmpty || estimate.IsEmpty || scores.Length < thresholds.Length)
        {
            throw new ArgumentException($"an F-score needs points on both sides: {truth.Length} true, {estimate.Length} estimated");
        }

        double[] fromTruth = Nearest(truth, estimate), fromEstimate = Nearest(estimate, truth);
        for (int i = 0; i < thresholds.Length; i++)
        {
            double recall = ShareCloser(fromTruth, thresholds[i]), precision = ShareCloser(fromEstimate, thresholds[i]);
            scores[i] = recall + precision == 0 ? 0 : 2 * recall * precision / (recall + precision);
        }
    }

    private static double ShareCloser(double[] distances, double threshold)
    {
        int closer = 0;
        foreach (double distance in distances)
        {
            closer += distance < threshold ? 1 : 0;
        }

        return (double)closer / distances.Length;
    }

    // Exact nearest neighbours by brute force: 778 x 778 distances are a millisecond, and a grid would have to be proved.
    private static double[] Nearest(ReadOnlySpan<Vector3d> from, ReadOnlySpan<Vector3d> to)
    {
        int lanes = Vector<double>.Count, padded = (to.Length + lanes - 1) / lanes * lanes;
        double[] x = new double[padded], y = new double[padded], z = new double[padded];
        for (int i = 0; i < padded; i++)
        {
            Vector3d point = to[Math.Min(i, to.Length - 1)];
            (x[i], y[i], z[i]) = (point.X, point.Y, point.Z);
        }

        double[] nearest = new double[from.Length];
        for (int i = 0; i < from.Length; i++)
        {
            Vector<double> px = new(from[i].X), py = new(from[i].Y), pz = new(from[i].Z), least = new(double.PositiveInfinity);
            for (int j = 0; j < padded; j += lanes)
            {
                Vector<double> dx = px - new Vector<double>(x, j), dy = py - new Vector<double>(y, j), dz = pz - new Vector<double>(z, j);
                least = Vector.Min(least, (dx * dx) + (dy * dy) + (dz * dz));
            }

            double smallest = least[0];
            for (int lane = 1; lane < lanes; lane++)
            {
                smallest = Math.Min(smallest, least[lane]);
            }

            nearest[i] = Math.Sqrt(smallest);
        }

        return nearest;
    }
}
