namespace HandMeshEngine.Compute.Onnx;

internal sealed class SpiralDepthwise : OnnxOp<SpiralDepthwiseOp>
{
    protected override string Write(OnnxLowering onnx, Node node, SpiralDepthwiseOp op, string[] x)
    {
        string weight = onnx.Node("Transpose", [x[2]], ("perm", new[] { 1, 0 })); // [L, C]
        return onnx.Sum(onnx.Node("Mul", [onnx.GatherRows(x[0], x[1]), weight]), 2, keep: false);
    }
}
