using HandMeshEngine.Compute.Numerics;

namespace HandMeshEngine.Cameras;

/// <summary>Where a root-relative shape stands in front of the camera, and how well that is known.</summary>
/// <param name="Translation">Metres to add to every point; zero if <paramref name="IsDegenerate"/>.</param>
/// <param name="Condition">About the condition number of the system: total weight over the spread of the rays.</param>
/// <param name="Residual">Root mean square distance between the points and their rays, metres.</param>
/// <param name="IsDegenerate">The rays do not determine a place, or an input is not finite.</param>
internal readonly record struct RootSolution(Vector3d Translation, double Condition, double Residual, bool IsDegenerate);

/// <summary><see cref="RootFit"/> of vectors: HandDGP's differentiable global positioning (docs/systems/handdgp.md 3.6).</summary>
internal static class RootSolver
{
    /// <summary>Solves for the translation.</summary>
    /// <param name="points">Root-relative points, metres.</param>
    /// <param name="rays">Ray of each point; only X and Y are read, Z counts as 1.</param>
    /// <param name="weights">Squared confidence of each point; empty means all weigh 1.</param>
    public static RootSolution Solve(
        ReadOnlySpan<Vector3d> points, ReadOnlySpan<Vector3d> rays, ReadOnlySpan<double> weights = default) =>
        RootFit.Solve(new VectorRays(points, rays, weights)) is { } root
            ? new RootSolution(new Vector3d(root.X, root.Y, root.Z), root.Condition, root.Residual, IsDegenerate: false)
            : new RootSolution(default, double.PositiveInfinity, double.PositiveInfinity, IsDegenerate: true);

    private readonly ref struct VectorRays(ReadOnlySpan<Vector3d> points, ReadOnlySpan<Vector3d> rays, ReadOnlySpan<double> weights) : IWeightedRays
    {
        private readonly ReadOnlySpan<Vector3d> _points = points, _rays = rays;
        private readonly ReadOnlySpan<double> _weights = weights;

        public int Count => _points.Length;

        public (double X, double Y, double Z, double U, double V, double Weight) this[int i] =>
            (_points[i].X, _points[i].Y, _points[i].Z, _rays[i].X, _rays[i].Y, _weights.IsEmpty ? 1 : _weights[i]);
    }
}
