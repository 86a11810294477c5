namespace HandMeshEngine.Compute.Backends.Reference;

internal sealed class BatchNorm : ReferenceOp<BatchNormOp>
{
    protected override void Evaluate(BatchNormOp op, Tensor[] inputs, Tensor output)
    {
        for (int i = 0; i < output.Shape.Count; i++)
        {
            int channel = Channels.Of(i, output.Shape);
            double gain = inputs[1].Span<float>()[channel], bias = inputs[2].Span<float>()[channel];
            double mean = inputs[3].Span<float>()[channel], variance = inputs[4].Span<float>()[channel];
            output.Span<float>()[i] = (float)((gain * (inputs[0].Span<float>()[i] - mean) / Math.Sqrt(variance + op.Epsilon)) + bias);
        }
    }
}
