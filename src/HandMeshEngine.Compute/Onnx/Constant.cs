namespace HandMeshEngine.Compute.Onnx;

internal sealed class Constant : OnnxOp<ConstantOp>
{
    // Indices are 64-bit by convention; every other constant keeps its type.
    protected override string Write(OnnxLowering onnx, Node node, ConstantOp op, string[] x)
    {
        if (op.Tensor.Type != DType.Int32)
        {
            return onnx.Initializer(op.Name, op.Tensor);
        }

        var wide = new Tensor(DType.Int64, op.Tensor.Shape);
        for (int i = 0; i < op.Tensor.Shape.Count; i++)
        {
            wide.Span<long>()[i] = op.Tensor.Span<int>()[i];
        }

        return onnx.Initializer(op.Name, wide);
    }
}
