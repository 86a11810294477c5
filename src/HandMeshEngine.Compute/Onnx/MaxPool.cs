namespace HandMeshEngine.Compute.Onnx;

internal sealed class MaxPool : OnnxOp<MaxPoolOp>
{
    protected override string Write(OnnxLowering onnx, Node node, MaxPoolOp op, string[] x) =>
        onnx.Node("MaxPool", x, ("kernel_shape", OnnxLowering.Pair(op.Window)), ("strides", OnnxLowering.Pair(op.Stride)), ("pads", OnnxLowering.Pads(op.Padding)));
}
