namespace HandMeshEngine.Compute.Backends.Reference;

internal sealed class PadChannels : ReferenceOp<PadChannelsOp>
{
    protected override void Evaluate(PadChannelsOp op, Tensor[] inputs, Tensor output)
    {
        int from = inputs[0].Shape.CountOf(1, 4), to = output.Shape.CountOf(1, 4);
        for (int n = 0; n < inputs[0].Shape[0]; n++)
        {
            inputs[0].Span<float>().Slice(n * from, from).CopyTo(output.Span<float>()[(n * to)..]);
        }
    }
}
