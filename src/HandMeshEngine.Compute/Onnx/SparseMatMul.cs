namespace HandMeshEngine.Compute.Onnx;

internal sealed class SparseMatMul : OnnxOp<SparseMatMulOp>
{
    protected override string Write(OnnxLowering onnx, Node node, SparseMatMulOp op, string[] x) =>
        onnx.Weighted(x[0], x[1], x[2], onnx.ShapeOf(node, 1), node.Type.Shape[2]);
}
