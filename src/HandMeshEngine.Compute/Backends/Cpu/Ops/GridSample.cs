using HandMeshEngine.Compute.Planning.Fusions;

namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

/// <summary>Computes the points itself where they are an affine of others that nothing else reads.</summary>
internal sealed class GridSample : CpuOp<GridSampleOp>
{
    protected override View? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, GridSampleOp op)
    {
        PointMap pointMap = PointMaps.Of(plan.Graph, node, plan.Fused);
        View map = plan.Operand(node, 0), points = plan.Value(node, pointMap.Source), output = plan.Allocate(node);
        plan.Emit(node, new GridSampleStep<TSimd, TVector>(op.Border, map, points, pointMap, output, plan.Threads), output, map, points);
        return output;
    }
}
