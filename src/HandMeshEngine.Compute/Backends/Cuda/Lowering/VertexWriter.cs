namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <summary>Ops that make each vertex of [N, V, C] from listed vertices of the operand: a kernel of the op's name, all with the same constants and parameters.</summary>
internal static class VertexWriter
{
    /// <summary>Appends a launch.</summary>
    /// <param name="context">Gets the launch.</param>
    /// <param name="node">The node.</param>
    /// <param name="x">The vertices read.</param>
    /// <param name="width">Entries of a row of the table, or terms.</param>
    /// <param name="index">Which vertices, or where the rows of <paramref name="columns"/> start.</param>
    /// <param name="value">Their factors.</param>
    /// <param name="columns">Which vertices, where rows differ in length.</param>
    /// <param name="factor">Of the vertex itself.</param>
    public static void Emit(
        CudaLoweringContext context, Node node, View x, int width, Pointer index, Pointer value = default, Pointer columns = default,
        float factor = 1)
    {
        View to = context.Views.Allocate(node);
        LaunchStep step = new LaunchStep(node, node.Op.Kind, node.Op.Kind, to)
            .Define("IMAGES", x.Shape[0]).Define("ROWS_IN", x.Shape[1]).Define("ROWS", to.Shape[1]).Define("WIDTH", width)
            .Define("CHANNELS", to.Channels).Define("STORED", to.Stored).Define("IN_CHANNELS", x.Channels).Define("IN_PITCH", x.Pitch)
            .Define("OUT_PITCH", to.Pitch).Define("FACTOR", factor).Define("IN_TYPE", x.TypeName)
            .Take(x.Pointer, index, value, columns, to.Target).Spread((long)to.Pixels * to.Stored);
        step.Detail = $"{x.Shape}->{to.Shape} width {width}";
        context.Emit(step, Layout.BytesOf(x, to));
    }
}
