using HandMeshEngine.Compute.Backends.Cpu.Plan;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

/// <summary>A view for the last two axes of [N, A, B], else a copy.</summary>
internal sealed class Transpose : CpuOp<TransposeOp>
{
    protected override Place? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, TransposeOp op)
    {
        Shape shape = node.Type.Shape;
        Place place = plan.PlaceOf(node.Inputs[0]);
        if (shape.Rank == 3 && op.First + op.Second == 3)
        {
            return place with { Swapped = !place.Swapped };
        }

        Area area = plan.Operand(node, 0), output = plan.Allocate(node);
        long[] strides = area.LogicalStrides(shape.Rank);
        (strides[op.First], strides[op.Second]) = (strides[op.Second], strides[op.First]);
        plan.Copy(node, area, strides, output, shape, output.LogicalStrides(shape.Rank));
        return output;
    }
}
