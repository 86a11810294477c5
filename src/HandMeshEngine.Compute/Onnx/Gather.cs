namespace HandMeshEngine.Compute.Onnx;

internal sealed class Gather : OnnxOp<GatherOp>
{
    protected override string Write(OnnxLowering onnx, Node node, GatherOp op, string[] x) =>
        onnx.GatherRows(x[0], x[1]);
}
