namespace HandMeshEngine.Compute.Onnx;

internal sealed class Concat : OnnxOp<ConcatOp>
{
    protected override string Write(OnnxLowering onnx, Node node, ConcatOp op, string[] x) =>
        onnx.Node("Concat", x, ("axis", op.Axis));
}
