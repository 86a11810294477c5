namespace HandMeshEngine.Compute.Backends.Reference;

internal sealed class Affine : ReferenceOp<AffineOp>
{
    protected override void Evaluate(AffineOp op, Tensor[] inputs, Tensor output)
    {
        for (int i = 0; i < output.Shape.Count; i++)
        {
            int channel = Channels.Of(i, output.Shape);
            float value = (inputs[1].Span<float>()[channel] * inputs[0].Span<float>()[i]) + inputs[2].Span<float>()[channel];
            output.Span<float>()[i] = Activations.Apply(op.Activation, value, Channels.Slope(inputs, 3, i, output.Shape));
        }
    }
}
