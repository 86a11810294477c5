using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Planning;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <content>kernels/pool.cu.</content>
internal sealed partial class CudaLowering
{
    private void Pool(Node node, int window, int stride, Padding padding, bool isMax)
    {
        View x = Aligned(node, node.FullPrecision ? Whole(node, 0) : ViewOf(node, 0)), to = Allocate(node);
        LaunchStep step = MapToMap(Launch(node, "pool", isMax ? "maxpool" : "averagepool", to), x, to)
            .Define("WINDOW", window).Define("STRIDE", stride).Define("PAD_TOP", padding.Top).Define("PAD_LEFT", padding.Left)
            .Define("IS_MAX", isMax);
        step.Detail = $"{x.Shape}->{to.Shape} k{window} s{stride}{step.Ending}";
        Emit(step, BytesOf(x, to));
    }

    /// <summary>Constants, parameters and extent of kernels that make 8 channels of a pixel of one map from another.</summary>
    private LaunchStep MapToMap(LaunchStep step, View x, View to)
    {
        step.Define("IMAGES", to.Shape[0]).Define("IN_HEIGHT", x.Shape[2]).Define("IN_WIDTH", x.Shape[3]).Define("IN_PITCH", x.Pitch)
            .Define("OUT_HEIGHT", to.Shape[2]).Define("OUT_WIDTH", to.Shape[3]).Define("PARTS", to.Stored / Layout.Group)
            .Define("IN_TYPE", x.TypeName).Define("IN_LOW", x.Low).Take(x.Pointer).Spread((long)to.Pixels * to.Stored / Layout.Group);
        Epilogue(step, new Epilogue(Bias: false, Residual: false, Graph.Activation.None), 1, to);
        return step;
    }
}
