namespace HandMeshEngine.Compute.Onnx;

internal sealed class Activation : OnnxOp<ActivationOp>
{
    protected override string Write(OnnxLowering onnx, Node node, ActivationOp op, string[] x) =>
        onnx.Activate(op.Activation, x[0], x.ElementAtOrDefault(1), node);
}
