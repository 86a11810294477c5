namespace HandMeshEngine.Compute.Backends.Reference;

internal sealed class BinCenters : ReferenceOp<BinCentersOp>
{
    protected override void Evaluate(BinCentersOp op, Tensor[] inputs, Tensor output)
    {
        int bins = output.Shape[1];
        double low = inputs[1].Span<float>()[0], high = inputs[1].Span<float>()[1];
        for (int n = 0; n < output.Shape[0]; n++)
        {
            ReadOnlySpan<float> y = inputs[0].Span<float>().Slice(n * bins, bins);
            double total = 0;
            foreach (float value in y)
            {
                total += Math.Max(value, 0) + (double)op.Epsilon;
            }

            double edge = 0;
            for (int i = 0; i < bins; i++)
            {
                double width = (Math.Max(y[i], 0) + (double)op.Epsilon) / total;
                output.Span<float>()[(n * bins) + i] = (float)(low + ((high - low) * ((width / 2) + edge)));
                edge += width;
            }
        }
    }
}
