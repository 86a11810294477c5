using HandMeshEngine.Compute.Backends.Cpu.Products;

namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

/// <summary>Gathers the neighbours of each vertex side by side; the rest is a linear layer.</summary>
internal sealed class SpiralConv : CpuOp<SpiralConvOp>
{
    protected override View? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, SpiralConvOp op)
    {
        View x = plan.Operand(node, 0);
        Shape index = plan.OperandShape(node, 1);
        View gathered = Layout.Fresh(new Shape(x.Images, index[0], index[1] * x.Channels));
        View entries = View.OfPixels(gathered.Buffer, new Shape(x.Images, index[0] * index[1], x.Channels), x.Channels);
        CpuBuffer indices = plan.Indices(node, 1, x.Width, "index");
        plan.Emit(node, new GatherStep<TSimd, TVector>(x, indices, entries, plan.Threads), entries, x);
        return ProductPlanner.EmitLinear(plan, node, gathered, gathered.Channels);
    }
}
