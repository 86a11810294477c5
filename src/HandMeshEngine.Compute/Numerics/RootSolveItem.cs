namespace HandMeshEngine.Compute.Numerics;

/// <summary>An item of <see cref="RootSolveOp"/>: points [joints][3], rays [joints][2], weights [joints].</summary>
internal readonly ref struct RootSolveItem(ReadOnlySpan<float> points, ReadOnlySpan<float> rays, ReadOnlySpan<float> weights) : IWeightedRays
{
    private readonly ReadOnlySpan<float> _points = points, _rays = rays, _weights = weights;

    public int Count => _weights.Length;

    public (double X, double Y, double Z, double U, double V, double Weight) this[int i] =>
        (_points[3 * i], _points[(3 * i) + 1], _points[(3 * i) + 2], _rays[2 * i], _rays[(2 * i) + 1], _weights[i]);

    /// <summary>Writes the op's six numbers: translation, 1 for a solution, condition, residual; zeros where there is none.</summary>
    public void Solve(Span<float> to)
    {
        to.Clear();
        if (RootFit.Solve(this) is { } root)
        {
            (to[0], to[1], to[2], to[3]) = ((float)root.X, (float)root.Y, (float)root.Z, 1);
            (to[4], to[5]) = ((float)root.Condition, (float)root.Residual);
        }
    }
}
