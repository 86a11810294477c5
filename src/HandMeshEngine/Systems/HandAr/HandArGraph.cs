namespace HandMeshEngine.Systems.HandAr;

/// <summary>The edges of the mesh for HandAR's graph layers, both directions, in CSR form (docs/systems/handar.md 4).</summary>
internal sealed class HandArGraph
{
    private readonly Tensor _rows; // [V + 1]
    private readonly Tensor _columns; // [E]

    private HandArGraph(Tensor rows, Tensor columns) => (_rows, _columns) = (rows, columns);

    /// <summary>The graph of a triangle list [F, 3].</summary>
    /// <exception cref="GraphException">A face names a missing vertex or one vertex twice.</exception>
    public static HandArGraph Of(Tensor faces, int vertexCount)
    {
        ReadOnlySpan<int> indices = faces.ToInt32().Span<int>();
        try
        {
            TriangleMesh.CheckFaces(indices, vertexCount);
        }
        catch (ArgumentException exception)
        {
            throw new GraphException($"the table 'faces': {exception.Message}");
        }

        SparseMatrix neighbours = MeshEdges.Adjacency(indices, vertexCount);
        return new HandArGraph(
            Tensor.From(new Shape(vertexCount + 1), neighbours.RowStart),
            Tensor.From(new Shape(neighbours.ColumnIndices.Length), neighbours.ColumnIndices));
    }

    /// <summary>Start of each vertex' neighbours.</summary>
    public Value Rows(GraphBuilder g) => g.Constant("edges.rows", _rows);

    /// <summary>Neighbours.</summary>
    public Value Columns(GraphBuilder g) => g.Constant("edges.columns", _columns);

    /// <summary>1 + epsilon + degree of every vertex, [V, 1]: what a feature that all vertices share adds up to.</summary>
    public Value RowWeights(GraphBuilder g, float epsilon)
    {
        ReadOnlySpan<int> rows = _rows.Span<int>();
        float[] weights = new float[rows.Length - 1];
        for (int v = 0; v < weights.Length; v++)
        {
            weights[v] = 1 + epsilon + rows[v + 1] - rows[v];
        }

        return g.Constant("edges.weights", new Shape(weights.Length, 1), weights);
    }
}
