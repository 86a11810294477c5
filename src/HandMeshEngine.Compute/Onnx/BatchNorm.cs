namespace HandMeshEngine.Compute.Onnx;

internal sealed class BatchNorm : OnnxOp<BatchNormOp>
{
    // ONNX normalises axis 1; rows [N, V, C] have their channels last.
    protected override string Write(OnnxLowering onnx, Node node, BatchNormOp op, string[] x)
    {
        if (node.Type.Shape.Rank != 3)
        {
            return onnx.Node("BatchNormalization", x, ("epsilon", op.Epsilon));
        }

        string deviation = onnx.Node("Sqrt", [onnx.Node("Add", [x[4], onnx.Floats(Shape.Scalar, op.Epsilon)])]);
        string scale = onnx.Node("Div", [x[1], deviation]);
        string shift = onnx.Node("Sub", [x[2], onnx.Node("Mul", [x[3], scale])]);
        return onnx.Node("Add", [onnx.Node("Mul", [x[0], scale]), shift]);
    }
}
