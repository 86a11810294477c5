using HandMeshEngine.Compute.Backends.Cpu.Products;

namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

/// <summary>One product for each phase of the stride.</summary>
internal sealed class ConvTranspose2d : CpuOp<ConvTranspose2dOp>
{
    public override Padding? BorderNeeded(OpGraph graph, Node node)
    {
        Shape input = graph.Nodes[node.Inputs[0]].Type.Shape, weight = graph.Nodes[node.Inputs[1]].Type.Shape;
        return Taps.Of((ConvTranspose2dOp)node.Op, weight, node.Type.Shape)
            .Select(phase => phase.Border(input, 1))
            .Aggregate(default(Padding), ValueLayouts.Larger);
    }

    protected override View? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, ConvTranspose2dOp op)
    {
        Shape weight = plan.OperandShape(node, 1);
        int kernel = weight[2] * weight[3];
        Padding border = BorderNeeded(plan.Graph, node)!.Value;
        View input = plan.Rounds(node) ? plan.Pairs(node, border) : plan.WithBorder(node, 0, border);
        var strides = new WeightStrides(kernel, weight[1] * kernel, 1);
        return ProductPlanner.Emit(plan, node, input, 1, Taps.Of(op, weight, node.Type.Shape), strides);
    }
}
