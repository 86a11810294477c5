namespace HandMeshEngine.Compute.Onnx;

internal sealed class Softmax : OnnxOp<SoftmaxOp>
{
    protected override string Write(OnnxLowering onnx, Node node, SoftmaxOp op, string[] x) =>
        onnx.Node("Softmax", x, ("axis", -1));
}
