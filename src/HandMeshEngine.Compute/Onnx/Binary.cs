namespace HandMeshEngine.Compute.Onnx;

internal sealed class Binary : OnnxOp<BinaryOp>
{
    protected override string Write(OnnxLowering onnx, Node node, BinaryOp op, string[] x)
    {
        string type = op.Arithmetic switch
        {
            BinaryKind.Add => "Add",
            BinaryKind.Subtract => "Sub",
            BinaryKind.Multiply => "Mul",
            _ => "Div",
        };
        return onnx.Activate(op.Activation, onnx.Node(type, x[..2]), x.ElementAtOrDefault(2), node);
    }
}
