namespace HandMeshEngine.Compute.Backends.Reference;

internal sealed class SparseMatMul : ReferenceOp<SparseMatMulOp>
{
    protected override void Evaluate(SparseMatMulOp op, Tensor[] inputs, Tensor output)
    {
        Shape x = inputs[0].Shape;
        for (int n = 0; n < x[0]; n++)
        {
            Multiply(inputs[0].Span<float>().Slice(n * x[1] * x[2], x[1] * x[2]), x[2], inputs[1], inputs[2], output.Span<float>().Slice(n * output.Shape[1] * x[2], output.Shape[1] * x[2]), x[2]);
        }
    }

    /// <summary>A matrix in ELL form (index, value) times rows of <paramref name="channels"/> numbers.</summary>
    public static void Multiply(ReadOnlySpan<float> x, int channels, Tensor index, Tensor value, Span<float> to, int stride)
    {
        int width = index.Shape[1];
        for (int m = 0; m < index.Shape[0]; m++)
        {
            for (int c = 0; c < channels; c++)
            {
                double sum = 0;
                for (int w = 0; w < width; w++)
                {
                    sum += (double)value.Span<float>()[(m * width) + w] * x[(index.Span<int>()[(m * width) + w] * channels) + c];
                }

                to[(m * stride) + c] = (float)sum;
            }
        }
    }
}
