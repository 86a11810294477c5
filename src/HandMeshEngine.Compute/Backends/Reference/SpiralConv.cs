namespace HandMeshEngine.Compute.Backends.Reference;

internal sealed class SpiralConv : ReferenceOp<SpiralConvOp>
{
    protected override void Evaluate(SpiralConvOp op, Tensor[] inputs, Tensor output)
    {
        Shape x = inputs[0].Shape;
        int rows = inputs[1].Shape[0], length = inputs[1].Shape[1], outputs = inputs[2].Shape[0];
        ReadOnlySpan<int> index = inputs[1].Span<int>();
        ReadOnlySpan<float> weight = inputs[2].Span<float>();
        var store = new EpilogueStore(op.Epilogue, op.OwnInputs, inputs, output);
        for (int n = 0; n < x[0]; n++)
        {
            for (int m = 0; m < rows; m++)
            {
                for (int o = 0; o < outputs; o++)
                {
                    double sum = 0;
                    for (int l = 0; l < length; l++)
                    {
                        ReadOnlySpan<float> source = VertexRows.Of(inputs[0], n, index[(m * length) + l], x[1], x[2]);
                        for (int c = 0; c < x[2]; c++)
                        {
                            sum += (double)source[c] * weight[(((o * length) + l) * x[2]) + c];
                        }
                    }

                    store.Put((((n * rows) + m) * outputs) + o, o, sum);
                }
            }
        }
    }
}
