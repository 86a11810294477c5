namespace HandMeshEngine.Compute.Onnx;

internal sealed class GridSample : OnnxOp<GridSampleOp>
{
    // GridSample wants positions in -1..1; with align_corners these are the centres of the first and last pixel.
    protected override string Write(OnnxLowering onnx, Node node, GridSampleOp op, string[] x)
    {
        Shape map = onnx.ShapeOf(node, 0);
        Shape points = onnx.ShapeOf(node, 1);
        string scale = onnx.Floats(new Shape(2), 2f / Math.Max(map[3] - 1, 1), 2f / Math.Max(map[2] - 1, 1));
        string grid = onnx.Node("Sub", [onnx.Node("Mul", [x[1], scale]), onnx.Floats(Shape.Scalar, 1)]);
        string samples = onnx.Node(
            "GridSample",
            [x[0], onnx.Reshape(grid, [points[0], points[1], 1, 2])],
            ("mode", "bilinear"),
            ("padding_mode", op.Border == SampleBorder.Zero ? "zeros" : "border"),
            ("align_corners", 1));
        return onnx.Transpose(onnx.Reshape(samples, [map[0], map[1], points[1]]), 1, 2, 3);
    }
}
