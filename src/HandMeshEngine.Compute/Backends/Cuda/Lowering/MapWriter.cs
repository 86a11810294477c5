namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <summary>Kernels that make 8 channels of a pixel of one map from another: kernels/pool.cu and resize.cu.</summary>
internal static class MapWriter
{
    /// <summary>The operand as such kernels read it: all its precision where the node asks for that.</summary>
    public static View Operand(CudaLoweringContext context, Node node) =>
        context.Views.Aligned(node, node.FullPrecision ? context.Views.FullOf(node, 0) : context.Views.Of(node, 0));

    /// <summary>Adds their constants, parameters and extent, without those of their own file.</summary>
    public static LaunchStep Write(CudaLoweringContext context, LaunchStep step, View x, View to)
    {
        step.Define("IMAGES", to.Images).Define("IN_HEIGHT", x.Height).Define("IN_WIDTH", x.Width).Define("IN_PITCH", x.Pitch)
            .Define("OUT_HEIGHT", to.Height).Define("OUT_WIDTH", to.Width).Define("PARTS", to.Stored / Layout.Group)
            .Define("IN_TYPE", x.TypeName).Define("IN_LOW", x.Low).Take(x.Pointer).Spread((long)to.Pixels * to.Stored / Layout.Group);
        EpilogueWriter.Write(context, step, new Epilogue(Bias: false, Residual: false, Activation.None), 1, to);
        return step;
    }
}
