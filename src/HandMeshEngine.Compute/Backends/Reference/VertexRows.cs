namespace HandMeshEngine.Compute.Backends.Reference;

/// <summary>The features of one vertex.</summary>
internal static class VertexRows
{
    public static ReadOnlySpan<float> Of(Tensor x, int item, int vertex, int vertices, int channels) =>
        x.Span<float>().Slice(((item * vertices) + vertex) * channels, channels);
}
