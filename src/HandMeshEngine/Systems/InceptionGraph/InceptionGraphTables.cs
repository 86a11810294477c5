namespace HandMeshEngine.Systems.InceptionGraph;

/// <summary>inceptiongraph's fixed tables, made from a mesh as a trainer makes them (inceptiongraph.md 4.2).</summary>
internal static class InceptionGraphTables
{
    private const int Coarsenings = 4;

    /// <summary>The default of <c>depth_net.range</c> (3.7): millimetres per crop pixel, nearest and farthest.</summary>
    public static Tensor DefaultRange => Tensor.From(new Shape(2), 0.3f, 3.0f);

    /// <summary>The balanced tree of a mesh, 4 levels deep.</summary>
    public static Coarsening Tree(TriangleMesh mesh) => Coarsening.Build(
        MeshEdges.Adjacency(mesh.Faces, mesh.VertexCount), Coarsenings, HeavyEdgeMatching.Match, keepSelfLoops: false);

    /// <summary>The largest eigenvalue of the normalised Laplacian L of a level's weights, and 2 L / lmax - I.</summary>
    public static (double LargestEigenvalue, SparseMatrix Scaled) ScaledLaplacian(SparseMatrix weights)
    {
        SparseMatrix laplacian = Laplacian.Normalised(weights);
        double largest = Laplacian.LargestEigenvalue(laplacian);
        return (largest, Laplacian.Rescaled(laplacian, 2 / largest));
    }

    /// <summary>
    /// The checkpoint keys <c>graph.level{4,2,0}_index</c> (int64) and <c>_value</c> (float32), the rows of the scaled Laplacians, and
    /// <c>graph.position</c> (int64), the tree position of every vertex.
    /// </summary>
    public static TensorMap Build(TriangleMesh mesh)
    {
        Coarsening tree = Tree(mesh);
        var tables = new TensorMap("the tables of an inceptiongraph mesh");
        foreach (int level in (ReadOnlySpan<int>)[4, 2, 0])
        {
            (Tensor index, Tensor value) = ScaledLaplacian(tree.Adjacency[level]).Scaled.ToPaddedRows();
            tables.Add($"graph.level{level}_index", index);
            tables.Add($"graph.level{level}_value", value);
        }

        long[] positions = Array.ConvertAll(BalancedTree.Positions(tree.Order[0])[..mesh.VertexCount], position => (long)position);
        tables.Add("graph.position", Tensor.From(new Shape(positions.Length), positions));
        return tables;
    }
}
