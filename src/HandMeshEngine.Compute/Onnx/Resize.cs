namespace HandMeshEngine.Compute.Onnx;

internal sealed class Resize : OnnxOp<ResizeOp>
{
    protected override string Write(OnnxLowering onnx, Node node, ResizeOp op, string[] x)
    {
        Shape to = node.Type.Shape;
        string sizes = onnx.Integers(to[0], to[1], to[2], to[3]);
        return op.Mode switch
        {
            ResizeMode.Nearest => onnx.Node(
                "Resize", [x[0], string.Empty, string.Empty, sizes], ("mode", "nearest"), ("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor")),
            ResizeMode.Bilinear => onnx.Node(
                "Resize", [x[0], string.Empty, string.Empty, sizes], ("mode", "linear"), ("coordinate_transformation_mode", "half_pixel")),
            _ => onnx.Node(
                "Resize", [x[0], string.Empty, string.Empty, sizes], ("mode", "linear"), ("coordinate_transformation_mode", "align_corners")),
        };
    }
}
