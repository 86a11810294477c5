namespace HandMeshEngine.Compute.Onnx;

internal sealed class Attention : OnnxOp<AttentionOp>
{
    protected override string Write(OnnxLowering onnx, Node node, AttentionOp op, string[] x)
    {
        Shape q = onnx.ShapeOf(node, 0), k = onnx.ShapeOf(node, 1);
        int head = q[2] / op.Heads;
        string Heads(string rows, int count) =>
            onnx.Node("Transpose", [onnx.Reshape(rows, [q[0], count, op.Heads, head])], ("perm", new[] { 0, 2, 1, 3 }));

        string keys = onnx.Node("Transpose", [Heads(x[1], k[1])], ("perm", new[] { 0, 1, 3, 2 }));
        string logits = onnx.Node("Mul", [onnx.Node("MatMul", [Heads(x[0], q[1]), keys]), onnx.Floats(Shape.Scalar, op.Scale)]);
        string mixed = onnx.Node("MatMul", [onnx.Node("Softmax", [logits], ("axis", -1)), Heads(x[2], k[1])]);
        return onnx.Reshape(onnx.Node("Transpose", [mixed], ("perm", new[] { 0, 2, 1, 3 })), q.Extents);
    }
}
