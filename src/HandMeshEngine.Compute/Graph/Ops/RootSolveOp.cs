namespace HandMeshEngine.Compute.Graph;

/// <summary>
/// The camera-space translation of a root-relative point set, batched (HandDGP, ECCV 2024; docs/systems/handdgp.md 3.6). Inputs
/// points [N, J, 3] in metres, rays [N, J, 2] = (x/z, y/z) in the camera, weights [N, J] = s_i >= 0 -> [N, 6] =
/// (tx, ty, tz, valid, condition, residual). It minimises sum_i s_i |(X_i + t) projected on the ray equations|^2 in the centred closed
/// form. valid is 1, or 0 for a degenerate frame (sum of weights at most 1e-12, spread D at most 1e-9 of it, or a number that is not
/// finite; the other outputs are then 0). condition = S/D, residual = weighted RMS of the ray equations in metres.
/// </summary>
public sealed record RootSolveOp() : Op("rootsolve")
{
    /// <inheritdoc/>
    internal override OpTraits Traits => new(ResultMemory.Packed, OperandPrecision.Plan, SplitHalves.None, MovesOnly: false, AlwaysFloat32: true, FusesSumAndAffine: false, IsBFloat16Product: false);

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        RequireRank(inputs, 0, 3);
        RequireRank(inputs, 1, 3);
        RequireRank(inputs, 2, 2);
        var points = inputs[0].Shape;
        Require(points[2] == 3, $"points {points} are not 3D");
        Require(
            inputs[1].Shape.Equals(points.With(2, 2)) && inputs[2].Shape[0] == points[0] && inputs[2].Shape[1] == points[1],
            $"rays {inputs[1].Shape} and weights {inputs[2].Shape} for points {points}");
        return TensorType.Float(points[0], 6);
    }
}

public sealed partial class GraphBuilder
{
    /// <summary>The camera-space translation of points [N, J, 3] seen along rays [N, J, 2] with weights [N, J].</summary>
    public Value RootSolve(Value points, Value rays, Value weights) => Add(new RootSolveOp(), points, rays, weights);
}
