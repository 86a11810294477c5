namespace HandMeshEngine.Compute.Backends.Cuda.Ops;

/// <summary>kernels/layernorm.cu.</summary>
internal sealed class LayerNorm : CudaOp<LayerNormOp>
{
    protected override void Lower(CudaLoweringContext context, Node node, LayerNormOp op)
    {
        View x = context.Views.MatrixOf(node, 0), to = context.Views.Allocate(node);
        LaunchStep step = new LaunchStep(node, "layernorm", "layernorm", to)
            .Define("ROWS", x.Pixels).Define("CHANNELS", x.Channels).Define("STORED", to.Stored).Define("IN_PITCH", x.Pitch)
            .Define("OUT_PITCH", to.Pitch).Define("EPSILON", op.Epsilon).Define("IN_TYPE", x.TypeName)
            .Take(x.Pointer, context.Constants.Floats(node, 1, "gain"), context.Constants.Floats(node, 2, "bias"), to.Target).Spread(x.Pixels, itemsPerBlock: 4);
        step.Detail = $"{x.Shape}";
        context.Emit(step, Layout.BytesOf(x, to));
    }
}
