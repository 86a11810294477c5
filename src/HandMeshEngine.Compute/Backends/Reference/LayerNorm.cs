namespace HandMeshEngine.Compute.Backends.Reference;

internal sealed class LayerNorm : ReferenceOp<LayerNormOp>
{
    protected override void Evaluate(LayerNormOp op, Tensor[] inputs, Tensor output)
    {
        int channels = output.Shape[-1];
        for (int start = 0; start < output.Shape.Count; start += channels)
        {
            ReadOnlySpan<float> row = inputs[0].Span<float>().Slice(start, channels);
            double mean = 0, variance = 0;
            foreach (float value in row)
            {
                mean += value;
            }

            mean /= channels;
            foreach (float value in row)
            {
                variance += (value - mean) * (value - mean);
            }

            double factor = 1 / Math.Sqrt((variance / channels) + op.Epsilon);
            for (int c = 0; c < channels; c++)
            {
                output.Span<float>()[start + c] =
                    (float)(((row[c] - mean) * factor * inputs[1].Span<float>()[c]) + inputs[2].Span<float>()[c]);
            }
        }
    }
}
