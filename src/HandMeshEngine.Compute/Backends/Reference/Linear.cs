namespace HandMeshEngine.Compute.Backends.Reference;

internal sealed class Linear : ReferenceOp<LinearOp>
{
    protected override void Evaluate(LinearOp op, Tensor[] inputs, Tensor output)
    {
        int depth = inputs[1].Shape[1];
        int channels = inputs[1].Shape[0];
        int rows = output.Shape.Count / channels;
        ReadOnlySpan<float> x = inputs[0].Span<float>();
        ReadOnlySpan<float> w = inputs[1].Span<float>();
        var store = new EpilogueStore(op.Epilogue, op.OwnInputs, inputs, output);
        for (int row = 0; row < rows; row++)
        {
            for (int o = 0; o < channels; o++)
            {
                store.Put((row * channels) + o, o, DotProduct.Of(x.Slice(row * depth, depth), w.Slice(o * depth, depth)));
            }
        }
    }
}
