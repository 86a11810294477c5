using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Planning;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <content>kernels/layernorm.cu.</content>
internal sealed partial class CudaLowering
{
    private void LayerNorm(Node node, LayerNormOp op)
    {
        View x = Rows(node, 0), to = Allocate(node);
        LaunchStep step = Launch(node, "layernorm", "layernorm", to)
            .Define("ROWS", x.Pixels).Define("CHANNELS", x.Channels).Define("STORED", to.Stored).Define("IN_PITCH", x.Pitch)
            .Define("OUT_PITCH", to.Pitch).Define("EPSILON", op.Epsilon).Define("IN_TYPE", x.TypeName)
            .Take(x.Pointer, PerChannel(node, 1, "gain"), PerChannel(node, 2, "bias"), to.Target).Spread(x.Pixels, itemsPerBlock: 4);
        step.Detail = $"{x.Shape}";
        Emit(step, BytesOf(x, to));
    }
}
