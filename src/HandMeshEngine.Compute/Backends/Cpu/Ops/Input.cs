using HandMeshEngine.Compute.Backends.Cpu.Plan;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

/// <summary>The caller writes row-major; maps are copied to the layout of their readers first.</summary>
internal sealed class Input : CpuOp<InputOp>
{
    protected override Place? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, InputOp op)
    {
        Shape shape = node.Type.Shape;
        Block block = plan.AddInput(node);
        if (op.Declared.Type != DType.Float32)
        {
            return null;
        }

        Area staged = Area.DenseIn(block, shape);
        if (shape.Rank != 4)
        {
            return staged;
        }

        Area area = plan.Allocate(node);
        plan.Copy(node, staged, Area.RowMajorStrides(shape), area, shape, area.LogicalStrides(4));
        return area;
    }
}
