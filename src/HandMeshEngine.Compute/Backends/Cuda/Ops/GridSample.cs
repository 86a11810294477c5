using HandMeshEngine.Compute.Planning.Fusions;

namespace HandMeshEngine.Compute.Backends.Cuda.Ops;

/// <summary>kernels/gridsample.cu.</summary>
internal sealed class GridSample : CudaOp<GridSampleOp>
{
    protected override void Lower(CudaLoweringContext context, Node node, GridSampleOp op)
    {
        PointMap points = PointMaps.Of(context.Graph, node, context.Fusions.Fused);
        View map = context.Views.MatrixOf(node, 0), given = context.Views.Matrix(node, context.Views.Of(points.Source)), to = context.Views.Allocate(node);
        LaunchStep step = new LaunchStep(node, "gridsample", "gridsample", to)
            .Define("IMAGES", to.Shape[0]).Define("IN_HEIGHT", map.Shape[2]).Define("IN_WIDTH", map.Shape[3]).Define("IN_PITCH", map.Pitch)
            .Define("POINTS", to.Shape[1]).Define("POINT_PITCH", given.Pitch).Define("CHANNELS", to.Channels).Define("STORED", to.Stored)
            .Define("OUT_PITCH", to.Pitch).Define("CLAMP", op.Border == SampleBorder.Clamp)
            .Define("HAS_MAP", points.HasMap).Define("LOWEST", points.Lowest).Define("HIGHEST", points.Highest)
            .Define("SCALE_X", points.ScaleX).Define("SCALE_Y", points.ScaleY).Define("SHIFT_X", points.ShiftX).Define("SHIFT_Y", points.ShiftY)
            .Define("IN_TYPE", map.TypeName).Define("POINT_TYPE", given.TypeName)
            .Take(map.Pointer, given.Pointer, to.Target).Spread((long)to.Pixels * to.Stored);
        step.Detail = $"{map.Shape} at {given.Shape}{points}";
        context.Emit(step, Layout.BytesOf(map, given, to));
    }
}
