namespace HandMeshEngine.Compute.Onnx;

internal sealed class Linear : OnnxOp<LinearOp>
{
    protected override string Write(OnnxLowering onnx, Node node, LinearOp op, string[] x) =>
        onnx.Finish(op, x, node, onnx.MatMulTransposed(x[0], node.Inputs[1]));
}
