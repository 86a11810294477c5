namespace HandMeshEngine.Compute.Onnx;

internal sealed class MatMul : OnnxOp<MatMulOp>
{
    protected override string Write(OnnxLowering onnx, Node node, MatMulOp op, string[] x) =>
        onnx.Node("MatMul", x);
}
