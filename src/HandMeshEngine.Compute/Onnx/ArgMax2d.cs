namespace HandMeshEngine.Compute.Onnx;

internal sealed class ArgMax2d : OnnxOp<ArgMax2dOp>
{
    protected override string Write(OnnxLowering onnx, Node node, ArgMax2dOp op, string[] x)
    {
        Shape map = onnx.ShapeOf(node, 0);
        string flat = onnx.Reshape(x[0], [map[0], map[1], map[2] * map[3]]);
        string index = onnx.Node("ArgMax", [flat], ("axis", 2), ("keepdims", 1), ("select_last_index", 0));
        string width = onnx.Integers(map[3]);
        string column = onnx.Node("Cast", [onnx.Node("Mod", [index, width])], ("to", 1));
        string row = onnx.Node("Cast", [onnx.Node("Div", [index, width])], ("to", 1));
        string value = onnx.Node("ReduceMax", [flat], ("axes", new[] { 2 }), ("keepdims", 1));
        return onnx.Node("Concat", [column, row, value], ("axis", 2));
    }
}
