namespace HandMeshEngine.Compute.Backends.Reference;

internal sealed class Activation : ReferenceOp<ActivationOp>
{
    protected override void Evaluate(ActivationOp op, Tensor[] inputs, Tensor output)
    {
        for (int i = 0; i < output.Shape.Count; i++)
        {
            output.Span<float>()[i] = Activations.Apply(op.Activation, inputs[0].Span<float>()[i], Channels.Slope(inputs, 1, i, output.Shape));
        }
    }
}
