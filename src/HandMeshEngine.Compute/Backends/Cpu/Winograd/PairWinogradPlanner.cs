using HandMeshEngine.Compute.Backends.Cpu.Products;

namespace HandMeshEngine.Compute.Backends.Cpu.Winograd;

/// <summary>Plans convolutions by Winograd's F(2x2, 3x3) with products of bf16.</summary>
internal static unsafe class PairWinogradPlanner
{
    // Blocks of a group: their V and M stay in the second-level cache at 128 channels.
    private const int LargestGroup = 56;

    // Below, few pixels share the weights, which are 16/9 as large: 512 channels at 7x7 take 580 us, 480 without the transforms.
    private const int SmallestSide = 12, FewestChannels = 32;

    /// <summary>True if a node is a convolution that is faster this way.</summary>
    public static bool Applies(OpGraph graph, Node node)
    {
        Shape input = graph.Nodes[node.Inputs[0]].Type.Shape, output = node.Type.Shape;
        return node.Op is Conv2dOp { Stride: 1, Dilation: 1, Groups: 1 } && graph.Nodes[node.Inputs[1]].Type.Shape is var weight
            && weight[2] == WinogradFilter.Kernel && weight[3] == WinogradFilter.Kernel
            && output[2] >= SmallestSide && output[3] >= SmallestSide && input[1] >= FewestChannels && output[1] >= FewestChannels;
    }

    /// <summary>The border that lets every block read a whole patch.</summary>
    public static Padding Border(OpGraph graph, Node node)
    {
        Shape input = graph.Nodes[node.Inputs[0]].Type.Shape, output = node.Type.Shape;
        Padding padding = ((Conv2dOp)node.Op).Padding;
        return new Padding(
            padding.Top,
            padding.Left,
            Math.Max(0, PairWinogradFilter.Reach(output[2]) - padding.Top - input[2]),
            Math.Max(0, PairWinogradFilter.Reach(output[3]) - padding.Left - input[3]));
    }

    /// <summary>Appends the convolution, in groups of blocks.</summary>
    public static View Emit<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, Conv2dOp op)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        LayerOperands operands = LayerOperands.Of(plan, node, plan.WithBorder(node, 0, Border(plan.Graph, node)));
        View input = operands.Input, output = operands.Output;
        int blocks = output.Images * PairWinogradFilter.Blocks(output.Height) * PairWinogradFilter.Blocks(output.Width);
        int groups = (blocks + LargestGroup - 1) / LargestGroup;
        groups = Math.Min(blocks, (groups + plan.Threads - 1) / plan.Threads * plan.Threads);
        int groupBlocks = (blocks + groups - 1) / groups;
        TileShape shape = TileShape.Choose<TSimd, TVector>(groupBlocks, output.Channels, (input.Channels + 1) / 2, hasPairs: false);
        var step = new PairWinogradStep<TSimd, TVector>(
            $"conv2d {op.Describe()}", plan.Constants, operands, op.Padding, Weights(plan, node, shape, output.Channels, input.Channels), groupBlocks, blocks);
        plan.Emit(node, step, output, operands.Reads);
        return output;
    }

    private static WinogradWeights Weights<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, TileShape shape, int channels, int depth)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        float[][] matrices = plan.Constants.IsFilled
            ? [.. Enumerable.Repeat(Array.Empty<float>(), PairWinogradFilter.Matrices)]
            : PairWinogradFilter.Transform(plan.Constant(node, 1, "weight"));
        var taps = new Taps([new Tap(0, 0, 0)], 1, 0, 0, 1, 1, 1);
        float* zeros = plan.Constants.Floats(shape.Vectors * TSimd.Width);
        return new WinogradWeights(
            shape,
            [.. matrices.Select(matrix => WeightPacking.Panels<TSimd, TVector>(
                plan.Constants, matrix, new WeightStrides(depth, 1, 0), taps, 0, channels, depth, shape, zeros, null, pairs: true))],
            (nint)ChannelConstants.Bias(plan, node, 1, channels),
            (nint)ChannelConstants.Slope(plan, node, 1, channels),
            (nint)zeros);
    }
}
