namespace HandMeshEngine.Compute.Onnx;

internal sealed class ConvTranspose2d : OnnxOp<ConvTranspose2dOp>
{
    protected override string Write(OnnxLowering onnx, Node node, ConvTranspose2dOp op, string[] x)
    {
        string sum = onnx.Node(
            "ConvTranspose",
            x[..2],
            ("strides", OnnxLowering.Pair(op.Stride)),
            ("pads", OnnxLowering.Pads(Padding.Same(op.Padding))),
            ("output_padding", OnnxLowering.Pair(op.OutputPadding)));
        return onnx.Finish(op, x, node, sum);
    }
}
