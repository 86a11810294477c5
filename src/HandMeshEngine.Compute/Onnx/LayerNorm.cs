namespace HandMeshEngine.Compute.Onnx;

internal sealed class LayerNorm : OnnxOp<LayerNormOp>
{
    protected override string Write(OnnxLowering onnx, Node node, LayerNormOp op, string[] x) =>
        onnx.Node("LayerNormalization", x, ("axis", -1), ("epsilon", op.Epsilon));
}
