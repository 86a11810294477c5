namespace HandMeshEngine.Compute.Onnx;

internal sealed class SoftArgmax : OnnxOp<SoftArgmaxOp>
{
    protected override string Write(OnnxLowering onnx, Node node, SoftArgmaxOp op, string[] x)
    {
        int bins = onnx.ShapeOf(node, 0)[-1];
        float[] index = [.. Enumerable.Range(0, bins).Select(i => (float)i)];
        string weighted = onnx.Node("Mul", [onnx.Node("Softmax", [x[0]], ("axis", -1)), onnx.Floats(new Shape(bins), index)]);
        return onnx.Sum(weighted, -1, keep: false);
    }
}
