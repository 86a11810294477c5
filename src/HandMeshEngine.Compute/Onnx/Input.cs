namespace HandMeshEngine.Compute.Onnx;

internal sealed class Input : OnnxOp<InputOp>
{
    protected override string Write(OnnxLowering onnx, Node node, InputOp op, string[] x)
    {
        onnx.Input(op.Name, op.Declared);
        return op.Name;
    }
}
