namespace HandMeshEngine.Compute.Backends.Reference;

internal sealed class Gather : ReferenceOp<GatherOp>
{
    protected override void Evaluate(GatherOp op, Tensor[] inputs, Tensor output)
    {
        int vertices = inputs[0].Shape[1], channels = inputs[0].Shape[2];
        ReadOnlySpan<int> index = inputs[1].Span<int>();
        for (int n = 0; n < output.Shape[0]; n++)
        {
            for (int m = 0; m < index.Length; m++)
            {
                VertexRows.Of(inputs[0], n, index[m], vertices, channels).CopyTo(output.Span<float>().Slice(((n * index.Length) + m) * channels, channels));
            }
        }
    }
}
