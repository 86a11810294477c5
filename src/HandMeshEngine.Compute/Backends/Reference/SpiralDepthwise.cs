namespace HandMeshEngine.Compute.Backends.Reference;

internal sealed class SpiralDepthwise : ReferenceOp<SpiralDepthwiseOp>
{
    protected override void Evaluate(SpiralDepthwiseOp op, Tensor[] inputs, Tensor output)
    {
        Shape x = inputs[0].Shape;
        int rows = inputs[1].Shape[0], length = inputs[1].Shape[1];
        ReadOnlySpan<int> index = inputs[1].Span<int>();
        ReadOnlySpan<float> weight = inputs[2].Span<float>();
        for (int n = 0; n < x[0]; n++)
        {
            for (int m = 0; m < rows; m++)
            {
                for (int c = 0; c < x[2]; c++)
                {
                    double sum = 0;
                    for (int l = 0; l < length; l++)
                    {
                        sum += (double)VertexRows.Of(inputs[0], n, index[(m * length) + l], x[1], x[2])[c] * weight[(c * length) + l];
                    }

                    output.Span<float>()[(((n * rows) + m) * x[2]) + c] = (float)sum;
                }
            }
        }
    }
}
