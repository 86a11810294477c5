namespace HandMeshEngine.Compute.Onnx;

internal sealed class SpiralConv : OnnxOp<SpiralConvOp>
{
    protected override string Write(OnnxLowering onnx, Node node, SpiralConvOp op, string[] x)
    {
        Shape rows = onnx.ShapeOf(node, 0), index = onnx.ShapeOf(node, 1);
        string walks = onnx.Reshape(onnx.GatherRows(x[0], x[1]), [rows[0], index[0], index[1] * rows[2]]);
        return onnx.Finish(op, x, node, onnx.MatMulTransposed(walks, node.Inputs[2]));
    }
}
