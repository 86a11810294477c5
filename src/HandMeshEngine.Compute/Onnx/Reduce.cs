namespace HandMeshEngine.Compute.Onnx;

internal sealed class Reduce : OnnxOp<ReduceOp>
{
    protected override string Write(OnnxLowering onnx, Node node, ReduceOp op, string[] x)
    {
        int[] axes = [.. Enumerable.Range(op.FirstAxis, op.AxisCount)];
        return op.Reduction switch
        {
            Reduction.Mean => onnx.Node("ReduceMean", [x[0]], ("axes", axes), ("keepdims", 0)),
            Reduction.Max => onnx.Node("ReduceMax", [x[0]], ("axes", axes), ("keepdims", 0)),
            _ => onnx.Sum(x[0], op.FirstAxis, keep: false),
        };
    }
}
