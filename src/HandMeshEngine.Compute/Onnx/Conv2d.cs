namespace HandMeshEngine.Compute.Onnx;

internal sealed class Conv2d : OnnxOp<Conv2dOp>
{
    protected override string Write(OnnxLowering onnx, Node node, Conv2dOp op, string[] x)
    {
        string sum = onnx.Node(
            "Conv",
            x[..2],
            ("kernel_shape", new[] { onnx.ShapeOf(node, 1)[2], onnx.ShapeOf(node, 1)[3] }),
            ("strides", OnnxLowering.Pair(op.Stride)),
            ("pads", OnnxLowering.Pads(op.Padding)),
            ("dilations", OnnxLowering.Pair(op.Dilation)),
            ("group", op.Groups));
        return onnx.Finish(op, x, node, sum);
    }
}
