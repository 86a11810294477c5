namespace HandMeshEngine.Compute.Backends.Reference;

internal sealed class Conv2d : ReferenceOp<Conv2dOp>
{
    protected override void Evaluate(Conv2dOp op, Tensor[] inputs, Tensor output)
    {
        Shape x = inputs[0].Shape;
        Shape w = inputs[1].Shape;
        Shape y = output.Shape;
        ReadOnlySpan<float> map = inputs[0].Span<float>();
        ReadOnlySpan<float> weight = inputs[1].Span<float>();
        var store = new EpilogueStore(op.Epilogue, op.OwnInputs, inputs, output);
        int outPerGroup = w[0] / op.Groups;
        int index = 0;
        for (int n = 0; n < y[0]; n++)
        {
            for (int o = 0; o < y[1]; o++)
            {
                int firstChannel = o / outPerGroup * w[1];
                for (int row = 0; row < y[2]; row++)
                {
                    for (int column = 0; column < y[3]; column++, index++)
                    {
                        double sum = 0;
                        for (int c = 0; c < w[1]; c++)
                        {
                            for (int ky = 0; ky < w[2]; ky++)
                            {
                                int sy = (row * op.Stride) - op.Padding.Top + (ky * op.Dilation);
                                if ((uint)sy >= (uint)x[2])
                                {
                                    continue;
                                }

                                int source = ((((n * x[1]) + firstChannel + c) * x[2]) + sy) * x[3];
                                int tap = ((((o * w[1]) + c) * w[2]) + ky) * w[3];
                                for (int kx = 0; kx < w[3]; kx++)
                                {
                                    int sx = (column * op.Stride) - op.Padding.Left + (kx * op.Dilation);
                                    if ((uint)sx < (uint)x[3])
                                    {
                                        sum += (double)map[source + sx] * weight[tap + kx];
                                    }
                                }
                            }
                        }

                        store.Put(index, o, sum);
                    }
                }
            }
        }
    }
}
