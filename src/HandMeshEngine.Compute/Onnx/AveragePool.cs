namespace HandMeshEngine.Compute.Onnx;

internal sealed class AveragePool : OnnxOp<AveragePoolOp>
{
    protected override string Write(OnnxLowering onnx, Node node, AveragePoolOp op, string[] x) =>
        onnx.Node("AveragePool", x, ("kernel_shape", OnnxLowering.Pair(op.Window)), ("strides", OnnxLowering.Pair(op.Stride)));
}
