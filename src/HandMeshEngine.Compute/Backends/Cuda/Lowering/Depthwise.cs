using System.Runtime.InteropServices;
using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Planning;
using HandMeshEngine.Compute.Planning.Memory;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <content>kernels/depthwise.cu.</content>
internal sealed partial class CudaLowering
{
    private void Depthwise(Node node, Conv2dOp op)
    {
        Tensor weights = Constant(node, 1, "weight");
        Shape w = weights.Shape; // [O, C/groups, kh, kw]
        int groupOut = w[0] / op.Groups;
        bool byVectors = w[1] == 1 && groupOut == 1;
        View x = byVectors ? Aligned(node, 0) : Rows(node, 0);
        View to = Allocate(node);
        PlanBuffer packed = Packed(weights, $"depthwise {byVectors}", () => PackGroups(weights, byVectors));
        LaunchStep step = Launch(node, "depthwise", byVectors ? "depthwise" : "conv2d_groups", to)
            .Define("IMAGES", to.Shape[0]).Define("IN_HEIGHT", x.Shape[2]).Define("IN_WIDTH", x.Shape[3]).Define("IN_PITCH", x.Pitch)
            .Define("OUT_HEIGHT", to.Shape[2]).Define("OUT_WIDTH", to.Shape[3]).Define("KERNEL_H", w[2]).Define("KERNEL_W", w[3])
            .Define("STRIDE", op.Stride).Define("DILATION", op.Dilation).Define("PAD_TOP", op.Padding.Top).Define("PAD_LEFT", op.Padding.Left)
            .Define("GROUP_IN", w[1]).Define("GROUP_OUT", groupOut).Define("VECTOR", byVectors).Define("IN_TYPE", x.TypeName)
            .Take(x.Pointer, new Pointer(packed, 0));
        Epilogue(step, op.Epilogue, op.OwnInputs, to);
        step.Spread((long)to.Pixels * to.Stored / (byVectors ? Layout.Group : 1));
        step.Detail = $"{x.Shape}->{to.Shape} k{w[2]}x{w[3]} s{op.Stride}{step.Ending}";
        Emit(step, BytesOf(x, to) + packed.Bytes);
    }

    private static byte[] PackGroups(Tensor tensor, bool byVectors)
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
