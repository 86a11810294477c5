namespace HandMeshEngine.Compute.Onnx;

internal sealed class Slice : OnnxOp<SliceOp>
{
    protected override string Write(OnnxLowering onnx, Node node, SliceOp op, string[] x) =>
        onnx.Slice(x[0], op.Axis, op.Start, op.Length);
}
