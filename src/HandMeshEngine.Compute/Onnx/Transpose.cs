namespace HandMeshEngine.Compute.Onnx;

internal sealed class Transpose : OnnxOp<TransposeOp>
{
    protected override string Write(OnnxLowering onnx, Node node, TransposeOp op, string[] x) =>
        onnx.Transpose(x[0], op.First, op.Second, node.Type.Shape.Rank);
}
