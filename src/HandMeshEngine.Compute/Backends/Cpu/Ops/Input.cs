namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

/// <summary>The caller writes row-major; maps are copied to the layout of their readers first.</summary>
internal sealed class Input : CpuOp<InputOp>
{
    protected override View? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, InputOp op)
    {
        Shape shape = node.Type.Shape;
        CpuBuffer buffer = plan.AddInput(node);
        if (op.Declared.Type != DType.Float32)
        {
            return null;
        }

        View staged = View.RowMajor(buffer, shape);
        if (shape.Rank != 4)
        {
            return staged;
        }

        View map = plan.Allocate(node);
        plan.Copy(node, staged, map);
        return map;
    }
}
