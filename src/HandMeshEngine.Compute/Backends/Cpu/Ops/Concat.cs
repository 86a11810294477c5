namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

/// <summary>Copies the operands that were not written into the result in the first place.</summary>
internal sealed class Concat : CpuOp<ConcatOp>
{
    protected override View? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, ConcatOp op)
    {
        View joined = plan.Allocate(node);
        int start = 0;
        for (int i = 0; i < node.Inputs.Count; i++)
        {
            Shape part = plan.OperandShape(node, i);
            if (!plan.IsWrittenInto(node.Inputs[i], node))
            {
                plan.Copy(node, plan.Operand(node, i), joined.Part(op.Axis, start, part[op.Axis]));
            }

            start += part[op.Axis];
        }

        return joined;
    }
}
