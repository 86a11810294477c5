namespace HandMeshEngine.Compute.Onnx;

internal sealed class SpaceToDepth : OnnxOp<SpaceToDepthOp>
{
    protected override string Write(OnnxLowering onnx, Node node, SpaceToDepthOp op, string[] x)
    {
        Shape map = onnx.ShapeOf(node, 0);
        string blocks = onnx.Reshape(x[0], [map[0], map[1], map[2] / 2, 2, map[3] / 2, 2]);
        return onnx.Reshape(onnx.Node("Transpose", [blocks], ("perm", new[] { 0, 1, 3, 5, 2, 4 })), node.Type.Shape.Extents);
    }
}
