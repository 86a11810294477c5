using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Onnx;

/// <content>Ops on maps.</content>
internal sealed partial class OnnxLowering
{
    private ReadOnlySpan<(string Name, object Value)> ConvAttributes(Conv2dOp op, Node node) => new (string, object)[]
    {
        ("kernel_shape", new[] { ShapeOf(node, 1)[2], ShapeOf(node, 1)[3] }),
        ("strides", Pair(op.Stride)),
        ("pads", Pads(op.Padding)),
        ("dilations", Pair(op.Dilation)),
        ("group", op.Groups),
    };

    private string ConvTranspose(ConvTranspose2dOp op, string[] x) => onnx.Node(
        "ConvTranspose",
        x[..2],
        ("strides", Pair(op.Stride)),
        ("pads", Pads(Padding.Same(op.Padding))),
        ("output_padding", Pair(op.OutputPadding)));

    private string Resize(ResizeOp op, string x, Node node)
    {
        Shape to = node.Type.Shape;
        string sizes = onnx.Integers(to[0], to[1], to[2], to[3]);
        return op.Mode switch
        {
            ResizeMode.Nearest => onnx.Node(
                "Resize", [x, string.Empty, string.Empty, sizes], ("mode", "nearest"), ("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor")),
            ResizeMode.Bilinear => onnx.Node(
                "Resize", [x, string.Empty, string.Empty, sizes], ("mode", "linear"), ("coordinate_transformation_mode", "half_pixel")),
            _ => onnx.Node(
                "Resize", [x, string.Empty, string.Empty, sizes], ("mode", "linear"), ("coordinate_transformation_mode", "align_corners")),
        };
    }

    // GridSample wants positions in -1..1; with align_corners these are the centres of the first and last pixel.
    private string GridSample(GridSampleOp op, string[] x, Node node)
    {
        Shape map = ShapeOf(node, 0);
        Shape points = ShapeOf(node, 1);
        string scale = onnx.Floats(new Shape(2), 2f / Math.Max(map[3] - 1, 1), 2f / Math.Max(map[2] - 1, 1));
        string grid = onnx.Node("Sub", [onnx.Node("Mul", [x[1], scale]), onnx.Floats(Shape.Scalar, 1)]);
        string samples = onnx.Node(
            "GridSample",
            [x[0], Reshape(grid, [points[0], points[1], 1, 2])],
            ("mode", "bilinear"),
            ("padding_mode", op.Border == SampleBorder.Zero ? "zeros" : "border"),
            ("align_corners", 1));
        return Transpose(Reshape(samples, [map[0], map[1], points[1]]), 1, 2, 3);
    }

    private string ArgMax2d(string x, Node node)
    {
        Shape map = ShapeOf(node, 0);
        string flat = Reshape(x, [map[0], map[1], map[2] * map[3]]);
        string index = onnx.Node("ArgMax", [flat], ("axis", 2), ("keepdims", 1), ("select_last_index", 0));
        string width = onnx.Integers(map[3]);
        string column = onnx.Node("Cast", [onnx.Node("Mod", [index, width])], ("to", 1));
        string row = onnx.Node("Cast", [onnx.Node("Div", [index, width])], ("to", 1));
        string value = onnx.Node("ReduceMax", [flat], ("axes", new[] { 2 }), ("keepdims", 1));
        return onnx.Node("Concat", [column, row, value], ("axis", 2));
    }

    private string PadChannels(PadChannelsOp op, string x, Node node) => onnx.Node(
        "Pad", [x, onnx.Integers(0, 0, 0, 0, 0, op.Channels - ShapeOf(node, 0)[1], 0, 0)], ("mode", "constant"));

    private string SpaceToDepth(string x, Node node)
    {
        Shape map = ShapeOf(node, 0);
        string blocks = Reshape(x, [map[0], map[1], map[2] / 2, 2, map[3] / 2, 2]);
        return Reshape(onnx.Node("Transpose", [blocks], ("perm", new[] { 0, 1, 3, 5, 2, 4 })), node.Type.Shape.Extents);
    }

    private string Reduce(ReduceOp op, string x)
    {
        int[] axes = [.. Enumerable.Range(op.FirstAxis, op.AxisCount)];
        return op.Reduction switch
        {
            Reduction.Mean => onnx.Node("ReduceMean", [x], ("axes", axes), ("keepdims", 0)),
            Reduction.Max => onnx.Node("ReduceMax", [x], ("axes", axes), ("keepdims", 0)),
            _ => Sum(x, op.FirstAxis, keep: false),
        };
    }

    private string Sum(string x, int axis, bool keep) =>
        onnx.Node("ReduceSum", [x, onnx.Integers(axis)], ("keepdims", keep ? 1 : 0));
}
