using HandMeshEngine.Compute.Numerics;

namespace HandMeshEngine.Compute.Backends.Reference;

/// <summary>The weighted least-squares root of each item (docs/systems/handdgp.md 3.6).</summary>
internal sealed class RootSolve : ReferenceOp<RootSolveOp>
{
    protected override void Evaluate(RootSolveOp op, Tensor[] inputs, Tensor output)
    {
        int joints = inputs[0].Shape[1];
        for (int n = 0; n < output.Shape[0]; n++)
        {
            var item = new RootSolveItem(
                inputs[0].Span<float>().Slice(n * joints * 3, joints * 3),
                inputs[1].Span<float>().Slice(n * joints * 2, joints * 2),
                inputs[2].Span<float>().Slice(n * joints, joints));
            item.Solve(output.Span<float>().Slice(n * 6, 6));
        }
    }
}
