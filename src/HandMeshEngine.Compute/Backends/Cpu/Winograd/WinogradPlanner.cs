using HandMeshEngine.Compute.Backends.Cpu.Products;

namespace HandMeshEngine.Compute.Backends.Cpu.Winograd;

/// <summary>Plans convolutions by Winograd's F(4x4, 3x3).</summary>
internal static unsafe class WinogradPlanner
{
    // Below, the transforms and the four times larger weights cost more than the arithmetic that they save.
    private const int SmallestSide = 12, FewestChannels = 32;

    // Blocks of a group: their V and M stay in the second-level cache at 128 channels.
    private const int LargestGroup = 28;

    private const int BlocksPerThread = 24;

    /// <summary>True if a convolution is faster this way.</summary>
    public static bool Applies(Conv2dOp op, Shape input, Shape weight, Shape output) =>
        op is { Stride: 1, Dilation: 1, Groups: 1 } && weight[2] == WinogradFilter.Kernel && weight[3] == WinogradFilter.Kernel
        && output[2] >= SmallestSide && output[3] >= SmallestSide && input[1] >= FewestChannels && output[1] >= FewestChannels;

    /// <summary>The border that lets every block read a whole patch.</summary>
    public static Padding Border(Conv2dOp op, Shape input, Shape output) => new(
        op.Padding.Top,
        op.Padding.Left,
        Math.Max(0, WinogradFilter.Reach(output[2]) - op.Padding.Top - input[2]),
        Math.Max(0, WinogradFilter.Reach(output[3]) - op.Padding.Left - input[3]));

    /// <summary>Appends the convolution: in groups of blocks, or step by step where there are few blocks for each thread.</summary>
    public static View Emit<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, Conv2dOp op, Padding border)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        LayerOperands operands = LayerOperands.Of(plan, node, plan.WithBorder(node, 0, border));
        View input = operands.Input, output = operands.Output;
        int threads = plan.Threads;
        int blocks = output.Images * WinogradFilter.Blocks(output.Height) * WinogradFilter.Blocks(output.Width);

        // With few blocks for each thread cut the weights instead, so that each is read once.
        bool inGroups = threads == 1 || blocks >= BlocksPerThread * threads;
        int groups = (blocks + LargestGroup - 1) / LargestGroup;
        groups = (groups + threads - 1) / threads * threads;
        int groupBlocks = inGroups ? (blocks + groups - 1) / groups : blocks;
        TileShape shape = TileShape.Choose<TSimd, TVector>(groupBlocks, output.Channels, input.Channels);
        var layer = new WinogradLayer<TSimd, TVector>(operands, op.Padding, Weights(plan, node, shape, output.Channels, input.Channels));
        string name = $"conv2d {op.Describe()}";
        MatrixRows Rows(int count) => MatrixRows.Of(plan.Constants, count, layer.InputStride, layer.OutputStride, shape);
        MatrixRows rows = Rows(groupBlocks);
        if (inGroups)
        {
            plan.Emit(node, new WinogradStep<TSimd, TVector>(name, layer, groupBlocks, rows, Rows(((blocks - 1) % groupBlocks) + 1)), output, operands.Reads);
            return output;
        }

        View v = Layout.Fresh(new Shape(WinogradFilter.Matrices * blocks * layer.InputStride));
        View m = Layout.Fresh(new Shape(WinogradFilter.Matrices * blocks * layer.OutputStride));
        WinogradPartStep<TSimd, TVector> Part(WinogradPart part) => new(name, part, layer, v, m, rows, threads);
        plan.Emit(node, Part(WinogradPart.Input), v, input);
        plan.Emit(node, Part(WinogradPart.Product), m, v);
        plan.Emit(node, Part(WinogradPart.Output), output, [m, .. operands.Reads]);
        return output;
    }

    private static WinogradWeights Weights<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, TileShape shape, int channels, int depth)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        float[][] matrices = plan.Constants.IsFilled
            ? [.. Enumerable.Repeat(Array.Empty<float>(), WinogradFilter.Matrices)]
            : WinogradFilter.Transform(plan.Constant(node, 1, "weight"));
        var taps = new Taps([new Tap(0, 0, 0)], 1, 0, 0, 1, 1, 1);
        float* zeros = plan.Constants.Floats(shape.Vectors * TSimd.Width);
        return new WinogradWeights(
            shape,
            [.. matrices.Select(matrix => WeightPacking.Panels<TSimd, TVector>(
                plan.Constants, matrix, new WeightStrides(depth, 1, 0), taps, 0, channels, depth, shape, zeros, null))],
            (nint)ChannelConstants.Bias(plan, node, 1, channels),
            (nint)ChannelConstants.Slope(plan, node, 1, channels),
            (nint)zeros);
    }
}
