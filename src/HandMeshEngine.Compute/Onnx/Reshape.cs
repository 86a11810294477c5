namespace HandMeshEngine.Compute.Onnx;

internal sealed class Reshape : OnnxOp<ReshapeOp>
{
    protected override string Write(OnnxLowering onnx, Node node, ReshapeOp op, string[] x) =>
        onnx.Reshape(x[0], op.Target.Extents);
}
