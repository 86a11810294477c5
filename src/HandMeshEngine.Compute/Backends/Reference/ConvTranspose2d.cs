namespace HandMeshEngine.Compute.Backends.Reference;

internal sealed class ConvTranspose2d : ReferenceOp<ConvTranspose2dOp>
{
    protected override void Evaluate(ConvTranspose2dOp op, Tensor[] inputs, Tensor output)
    {
        Shape x = inputs[0].Shape;
        Shape w = inputs[1].Shape;
        Shape y = output.Shape;
        ReadOnlySpan<float> map = inputs[0].Span<float>();
        ReadOnlySpan<float> weight = inputs[1].Span<float>();
        var store = new EpilogueStore(op.Epilogue, op.OwnInputs, inputs, output);
        int index = 0;
        for (int n = 0; n < y[0]; n++)
        {
            for (int o = 0; o < y[1]; o++)
            {
                for (int row = 0; row < y[2]; row++)
                {
                    for (int column = 0; column < y[3]; column++, index++)
                    {
                        double sum = 0;
                        for (int ky = 0; ky < w[2]; ky++)
                        {
                            if (!Source(row + op.Padding - ky, op.Stride, x[2], out int sy))
                            {
                                continue;
                            }

                            for (int kx = 0; kx < w[3]; kx++)
                            {
                                if (!Source(column + op.Padding - kx, op.Stride, x[3], out int sx))
                                {
                                    continue;
                                }

                                for (int c = 0; c < x[1]; c++)
                                {
                                    sum += (double)map[((((n * x[1]) + c) * x[2]) + sy) * x[3] + sx]
                                        * weight[((((c * w[1]) + o) * w[2]) + ky) * w[3] + kx];
                                }
                            }
                        }

                        store.Put(index, o, sum);
                    }
                }
            }
        }
    }

    private static bool Source(int position, int stride, int extent, out int source)
    {
        source = position / stride;
        return position >= 0 && position % stride == 0 && source < extent;
    }
}
