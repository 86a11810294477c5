namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

/// <summary>A view for the last two axes of [N, A, B], else a copy.</summary>
internal sealed class Transpose : CpuOp<TransposeOp>
{
    protected override View? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, TransposeOp op)
    {
        if (node.Type.Shape.Rank == 3 && op.First + op.Second == 3)
        {
            return plan.ViewOf(node.Inputs[0]).Transposed(op.First, op.Second);
        }

        View from = plan.Operand(node, 0), output = plan.Allocate(node);
        plan.Copy(
            node, new Strided(from, from.Transposed(op.First, op.Second).LoopStrides), new Strided(output, output.LoopStrides), output.OrderedExtents);
        return output;
    }
}
