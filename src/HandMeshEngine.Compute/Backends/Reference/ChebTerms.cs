namespace HandMeshEngine.Compute.Backends.Reference;

internal sealed class ChebTerms : ReferenceOp<ChebTermsOp>
{
    protected override void Evaluate(ChebTermsOp op, Tensor[] inputs, Tensor output)
    {
        int vertices = inputs[0].Shape[1], channels = inputs[0].Shape[2], wide = op.Terms * channels;
        var product = new float[vertices * channels];
        var previous = new float[vertices * channels];
        for (int n = 0; n < output.Shape[0]; n++)
        {
            float[] before = inputs[0].Span<float>().Slice(n * vertices * channels, vertices * channels).ToArray();
            Span<float> to = output.Span<float>().Slice(n * vertices * wide, vertices * wide);
            Place(before, to, 0, channels, wide);
            SparseMatMul.Multiply(before, channels, inputs[1], inputs[2], previous, channels);
            Place(previous, to, 1, channels, wide);
            for (int term = 2; term < op.Terms; term++)
            {
                SparseMatMul.Multiply(previous, channels, inputs[1], inputs[2], product, channels);
                for (int i = 0; i < product.Length; i++)
                {
                    (before[i], previous[i]) = (previous[i], (2 * product[i]) - before[i]);
                }

                Place(previous, to, term, channels, wide);
            }
        }
    }

    private static void Place(ReadOnlySpan<float> term, Span<float> to, int position, int channels, int wide)
    {
        for (int v = 0; v < term.Length / channels; v++)
        {
            term.Slice(v * channels, channels).CopyTo(to.Slice((v * wide) + (position * channels), channels));
        }
    }
}
