namespace HandMeshEngine.Compute.Onnx;

internal sealed class PadChannels : OnnxOp<PadChannelsOp>
{
    protected override string Write(OnnxLowering onnx, Node node, PadChannelsOp op, string[] x) => onnx.Node(
        "Pad", [x[0], onnx.Integers(0, 0, 0, 0, 0, op.Channels - onnx.ShapeOf(node, 0)[1], 0, 0)], ("mode", "constant"));
}
