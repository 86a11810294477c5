using HandMeshEngine.Compute.Backends.Cpu.Depthwise;
using HandMeshEngine.Compute.Backends.Cpu.Products;
using HandMeshEngine.Compute.Backends.Cpu.Winograd;

namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

/// <summary>Depth-wise, by Winograd, on the 2x2 blocks of a map, or as a product over the taps.</summary>
internal sealed class Conv2d : CpuOp<Conv2dOp>
{
    public override Padding? BorderNeeded(OpGraph graph, Node node)
    {
        var op = (Conv2dOp)node.Op;
        Shape input = graph.Nodes[node.Inputs[0]].Type.Shape, weight = graph.Nodes[node.Inputs[1]].Type.Shape, output = node.Type.Shape;
        return WinogradPlanner.Applies(op, input, weight, output) ? WinogradPlanner.Border(op, input, output)
            : DepthwiseWindow.Of(op, input, weight, output).Size > 0 ? default(Padding)
            : Taps.Of(op, weight, output).Border(input, op.Stride);
    }

    protected override View? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, Conv2dOp op)
    {
        Shape input = plan.OperandShape(node, 0), weight = plan.OperandShape(node, 1), output = node.Type.Shape;
        if (plan.Producer(node, 0).Op is SpaceToDepthOp && !plan.IsComputed(plan.Producer(node, 0)))
        {
            return OnBlocks(plan, node);
        }

        if (plan.RoundsTransforms(node))
        {
            return PairWinogradPlanner.Emit(plan, node, op);
        }

        Padding border = BorderNeeded(plan.Graph, node)!.Value;
        if (DepthwisePlanner.Applies(op, input, weight))
        {
            return DepthwisePlanner.Emit(plan, node, op, border);
        }

        if (WinogradPlanner.Applies(op, input, weight, output))
        {
            return WinogradPlanner.Emit(plan, node, op, border);
        }

        int kernel = weight[2] * weight[3];
        return ProductPlanner.Emit(
            plan,
            node,
            plan.Rounds(node) ? plan.Pairs(node, border) : plan.WithBorder(node, 0, border),
            op.Stride,
            [Taps.Of(op, weight, output)],
            new WeightStrides(weight[1] * kernel, kernel, 1),
            op.Groups);
    }

    /// <summary>True if a convolution of single pixels reads the 2x2 blocks of a space-to-depth itself.</summary>
    public static bool ReadsBlocks<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node conv, Node spaceToDepth)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        var op = (Conv2dOp)conv.Op;
        Shape weight = plan.OperandShape(conv, 1);
        return !plan.Rounds(conv) && op is { Stride: 1, Groups: 1 } && op.Padding == default && weight[2] == 1 && weight[3] == 1 && conv.Inputs[0] == spaceToDepth.Id;
    }

    // Weight column 4 c + 2 (row parity) + (column parity) is tap (row parity, column parity) of channel c.
    private static View OnBlocks<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        View input = plan.Operand(plan.Producer(node, 0), 0);
        Shape shape = node.Type.Shape;
        var taps = new Taps([new Tap(0, 0, 0), new Tap(0, 1, 1), new Tap(1, 0, 2), new Tap(1, 1, 3)], 2, 0, 0, shape[2], shape[3], 1);
        return ProductPlanner.Emit(plan, node, input, 2, [taps], new WeightStrides(4 * input.Channels, 4, 1));
    }
}
