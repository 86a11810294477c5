namespace HandMeshEngine.Cameras;

/// <summary>Where a root-relative shape stands in front of the camera, and how well that is known.</summary>
/// <param name="Translation">Metres to add to every point; zero if <paramref name="IsDegenerate"/>.</param>
/// <param name="Condition">About the condition number of the system: total weight over the spread of the rays.</param>
/// <param name="Residual">Root mean square distance between the points and their rays, metres.</param>
/// <param name="IsDegenerate">The rays do not determine a place, or an input is not finite.</param>
internal readonly record struct RootSolution(Vector3d Translation, double Condition, double Residual, bool IsDegenerate);

/// <summary>
/// HandDGP's differentiable global positioning: the translation t that puts points on their rays in the least-squares
/// sense, closed form, centred so that nothing cancels (docs/systems/handdgp.md 3.6).
/// </summary>
internal static class RootSolver
{
    /// <summary>Solves for t.</summary>
    /// <param name="points">Root-relative points, metres.</param>
    /// <param name="rays">Ray of each point; only X and Y are read, Z counts as 1.</param>
    /// <param name="weights">Squared confidence of each point; empty means all weigh 1.</param>
    public static RootSolution Solve(
        ReadOnlySpan<Vector3d> points, ReadOnlySpan<Vector3d> rays, ReadOnlySpan<double> weights = default)
    {
        double total = 0, meanU = 0, meanV = 0, meanX = 0, meanY = 0;
        for (int i = 0; i < points.Length; i++)
        {
            double s = weights.IsEmpty ? 1 : weights[i];
            (double x, double y) = Offset(points[i], rays[i]);
            total += s;
            meanU += s * rays[i].X;
            meanV += s * rays[i].Y;
            meanX += s * x;
            meanY += s * y;
        }

        (meanU, meanV, meanX, meanY) = (meanU / total, meanV / total, meanX / total, meanY / total);
        double spread = 0, moment = 0;
        for (int i = 0; i < points.Length; i++)
        {
            double s = weights.IsEmpty ? 1 : weights[i];
            (double x, double y) = Offset(points[i], rays[i]);
            double du = rays[i].X - meanU, dv = rays[i].Y - meanV;
            spread += s * ((du * du) + (dv * dv));
            moment += s * ((du * (x - meanX)) + (dv * (y - meanY)));
        }

        double tz = moment / spread;
        var t = new Vector3d((meanU * tz) - meanX, (meanV * tz) - meanY, tz);
        if (!(total > 1e-12) || !(spread > 1e-9 * total) || !t.IsFinite)
        {
            return new RootSolution(default, double.PositiveInfinity, double.PositiveInfinity, IsDegenerate: true);
        }

        return new RootSolution(t, total / spread, Residual(points, rays, weights, t, total), IsDegenerate: false);
    }

    // How far a point lies beside its ray when the root is at the origin: rx, ry of docs/systems/handdgp.md 3.6.
    private static (double X, double Y) Offset(Vector3d point, Vector3d ray) =>
        (point.X - (point.Z * ray.X), point.Y - (point.Z * ray.Y));

    private static double Residual(
        ReadOnlySpan<Vector3d> points, ReadOnlySpan<Vector3d> rays, ReadOnlySpan<double> weights, Vector3d t, double total)
    {
        double sum = 0;
        for (int i = 0; i < points.Length; i++)
        {
            (double x, double y) = Offset(points[i] + t, rays[i]);
            sum += (weights.IsEmpty ? 1 : weights[i]) * ((x * x) + (y * y));
        }

        return Math.Sqrt(sum / total);
    }
}
