using HandMeshEngine.Compute.Planning.Memory;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <summary>Convolutions in groups: kernels/depthwise.cu.</summary>
internal static class DepthwiseWriter
{
    /// <summary>Appends the launch of one.</summary>
    public static void Emit(CudaLoweringContext context, Node node, Conv2dOp op)
    {
        Tensor weights = context.Constants.Tensor(node, 1, "weight");
        Shape w = weights.Shape; // [O, C/groups, kh, kw]
        int groupOut = w[0] / op.Groups;
        bool byVectors = w[1] == 1 && groupOut == 1;
        View x = byVectors ? context.Views.AlignedOf(node, 0) : context.Views.MatrixOf(node, 0);
        View to = context.Views.Allocate(node);
        PlanBuffer packed = context.Constants.Packed(weights, $"depthwise {byVectors}", () => Pack(weights, byVectors));
        LaunchStep step = new LaunchStep(node, "depthwise", byVectors ? "depthwise" : "conv2d_groups", to)
            .Define("IMAGES", to.Images).Define("IN_HEIGHT", x.Height).Define("IN_WIDTH", x.Width).Define("IN_PITCH", x.Pitch)
            .Define("OUT_HEIGHT", to.Height).Define("OUT_WIDTH", to.Width).Define("KERNEL_H", w[2]).Define("KERNEL_W", w[3])
            .Define("STRIDE", op.Stride).Define("DILATION", op.Dilation).Define("PAD_TOP", op.Padding.Top).Define("PAD_LEFT", op.Padding.Left)
            .Define("GROUP_IN", w[1]).Define("GROUP_OUT", groupOut).Define("VECTOR", byVectors).Define("IN_TYPE", x.TypeName)
            .Take(x.Pointer, new Pointer(packed, 0));
        EpilogueWriter.Write(context, step, op.Epilogue, op.OwnInputs, to);
        step.Spread((long)to.Pixels * to.Stored / (byVectors ? Layout.Group : 1));
        step.Detail = $"{x.Shape}->{to.Shape} k{w[2]}x{w[3]} s{op.Stride}{step.Ending}";
        context.Emit(step, Layout.BytesOf(x, to) + packed.Bytes);
    }

    private static byte[] Pack(Tensor tensor, bool byVectors)
    {
        Shape w = tensor.Shape;
        ReadOnlySpan<float> weights = tensor.Span<float>();
        int taps = w[2] * w[3], depth = w[1], outputs = w[0], padded = Layout.Padded(outputs);
        var values = new float[byVectors ? taps * padded : weights.Length];
        for (int o = 0; o < outputs; o++)
        {
            for (int i = 0; i < depth; i++)
            {
                for (int tap = 0; tap < taps; tap++)
                {
                    int at = byVectors ? (tap * padded) + o : (((o * taps) + tap) * depth) + i;
                    values[at] = weights[(((o * depth) + i) * taps) + tap];
                }
            }
        }

        return MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
    }
}
