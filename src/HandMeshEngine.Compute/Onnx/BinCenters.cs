namespace HandMeshEngine.Compute.Onnx;

internal sealed class BinCenters : OnnxOp<BinCentersOp>
{
    protected override string Write(OnnxLowering onnx, Node node, BinCentersOp op, string[] x)
    {
        string raw = onnx.Node("Add", [onnx.Node("Relu", [x[0]]), onnx.Floats(Shape.Scalar, op.Epsilon)]);
        string width = onnx.Node("Div", [raw, onnx.Sum(raw, 1, keep: true)]);
        string before = onnx.Node("CumSum", [width, onnx.Initializer("axis", Tensor.From(Shape.Scalar, 1L))], ("exclusive", 1));
        string middle = onnx.Node("Add", [onnx.Node("Mul", [width, onnx.Floats(Shape.Scalar, 0.5f)]), before]);
        string low = onnx.Slice(onnx.Reshape(x[1], [2]), 0, 0, 1), high = onnx.Slice(onnx.Reshape(x[1], [2]), 0, 1, 1);
        return onnx.Node("Add", [onnx.Node("Mul", [middle, onnx.Node("Sub", [high, low])]), low]);
    }
}
