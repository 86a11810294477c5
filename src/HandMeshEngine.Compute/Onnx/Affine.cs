namespace HandMeshEngine.Compute.Onnx;

internal sealed class Affine : OnnxOp<AffineOp>
{
    protected override string Write(OnnxLowering onnx, Node node, AffineOp op, string[] x)
    {
        string scaled = onnx.Node("Mul", [x[0], onnx.PerChannel(x[1], node.Type.Shape)]);
        return onnx.Activate(op.Activation, onnx.Node("Add", [scaled, onnx.PerChannel(x[2], node.Type.Shape)]), x.ElementAtOrDefault(3), node);
    }
}
