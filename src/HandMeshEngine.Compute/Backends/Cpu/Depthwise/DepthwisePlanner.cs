using HandMeshEngine.Compute.Backends.Cpu.Products;
using HandMeshEngine.Compute.Backends.Cpu.RowBands;

namespace HandMeshEngine.Compute.Backends.Cpu.Depthwise;

/// <summary>Plans convolutions with one filter for each channel.</summary>
internal static unsafe class DepthwisePlanner
{
    /// <summary>True if a convolution is depth-wise.</summary>
    public static bool Applies(Conv2dOp op, Shape input, Shape weight) => op.Groups > 1 && op.Groups == input[1] && weight[0] == input[1];

    public static View Emit<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, Conv2dOp op, Padding border)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        LayerOperands layer = LayerOperands.Of(plan, node, plan.WithBorder(node, 0, border));
        View input = layer.Input, output = layer.Output;
        Shape weight = plan.OperandShape(node, 1);
        Taps taps = Taps.Of(op, weight, node.Type.Shape);
        float* weights = Pack<TSimd, TVector>(plan.Constants, plan.Constant(node, 1, "weight").Span<float>(), taps, output.Channels);
        float* bias = ChannelConstants.Bias(plan, node, 1, output.Channels);
        float* slope = ChannelConstants.Slope(plan, node, 1, output.Channels);
        int[] offsets = [.. taps.Items.Select(tap => (tap.Dy * input.RowStride) + (tap.Dx * input.PixelStride))];
        var step = new DepthwiseStep<TSimd, TVector>(
            $"depthwise {op.Describe()}",
            RowWindow.Of(taps, op.Stride),
            DepthwiseWindow.Of(op, plan.OperandShape(node, 0), weight, node.Type.Shape),
            offsets,
            plan.Constants.Integers(offsets),
            new DepthwiseOperands((nint)weights, (nint)bias, (nint)slope, (nint)plan.Constants.Floats(TSimd.Width)),
            layer,
            plan.Threads);
        plan.Emit(node, step, output, layer.Reads);
        return output;
    }

    // [channel vectors][taps][vector].
    private static float* Pack<TSimd, TVector>(ConstantStore constants, ReadOnlySpan<float> values, Taps taps, int channels)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        int count = taps.Items.Length;
        float* weights = constants.Floats((long)ChannelConstants.Padded<TSimd, TVector>(channels) * count);
        for (int c = 0; c < channels && !constants.IsFilled; c++)
        {
            float* vector = weights + (c / TSimd.Width * TSimd.Width * count) + (c % TSimd.Width);
            for (int t = 0; t < count; t++)
            {
                vector[t * TSimd.Width] = values[(c * count) + taps.Items[t].Weight];
            }
        }

        return weights;
    }
}
