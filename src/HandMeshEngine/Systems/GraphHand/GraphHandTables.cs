namespace HandMeshEngine.Systems.GraphHand;

/// <summary>
/// graphhand's fixed tables, rebuilt from the faces of its template mesh (graphhand.md 4.2). The checkpoints do not hold them and
/// fit only this exact node order.
/// </summary>
internal sealed class GraphHandTables
{
    private const int Coarsenings = 4;

    // The forearm stub of the template: these vertices are not part of the hand.
    private const int StubStart = 473;
    private const int StubEnd = 529;

    private readonly Coarsening _graphs;
    private readonly int[] _faces;

    private GraphHandTables(int[] faces, int vertexCount)
    {
        _faces = faces;
        VertexCount = vertexCount;
        _graphs = Coarsening.Build(
            GraphHandMatching.Weights(faces, vertexCount), Coarsenings, GraphHandMatching.Match, keepSelfLoops: true);
    }

    /// <summary>Real vertices; node numbers from here on are fake.</summary>
    public int VertexCount { get; }

    /// <summary>Faces [F, 3] in output vertex numbers.</summary>
    public ReadOnlySpan<int> Faces => _faces;

    /// <summary>Nodes of every level, fake ones included: 1280, 640, 320, 160, 80 for the released template.</summary>
    public int[] LevelSizes => Array.ConvertAll(_graphs.Order, order => order.Length);

    /// <summary>The vertex at every node position of level 0.</summary>
    public ReadOnlySpan<int> Permutation => _graphs.Order[0];

    /// <summary>The node position of every real vertex.</summary>
    public int[] PositionOfVertex => BalancedTree.Positions(_graphs.Order[0])[..VertexCount];

    /// <summary>The tables of a template from which the stub is still to be removed.</summary>
    /// <exception cref="ArgumentException">The faces are bad, or a vertex that is left is in no face.</exception>
    public static GraphHandTables FromTemplate(ReadOnlySpan<int> templateFaces) => FromFaces(WithoutStub(templateFaces));

    /// <summary>The tables of a mesh used as it is.</summary>
    /// <exception cref="ArgumentException">The faces are bad, or a vertex is in no face.</exception>
    public static GraphHandTables FromFaces(ReadOnlySpan<int> faces)
    {
        int vertexCount = 0;
        foreach (int vertex in faces)
        {
            vertexCount = Math.Max(vertexCount, vertex + 1);
        }

        if (vertexCount == 0)
        {
            throw new ArgumentException("the template has no face");
        }

        // Every vertex is in a face, so a number beyond the count of corners cannot be right; it must not become a size.
        if (vertexCount > faces.Length)
        {
            throw new ArgumentException($"a face names vertex {vertexCount - 1}, but {faces.Length / 3} faces have at most {faces.Length} vertices");
        }

        TriangleMesh.CheckFaces(faces, vertexCount);
        return new GraphHandTables(faces.ToArray(), vertexCount);
    }

    public double LargestEigenvalue(int level) => Laplacian.LargestEigenvalue(Laplacian.Normalised(_graphs.Adjacency[level]));

    /// <summary>The rescaled Laplacian L / (2 lmax) - I of a level; the paper prints 2 L / lmax - I, the released code divides.</summary>
    public SparseMatrix RescaledLaplacian(int level)
    {
        SparseMatrix laplacian = Laplacian.Normalised(_graphs.Adjacency[level]);
        return Laplacian.Rescaled(laplacian, 1 / (2 * Laplacian.LargestEigenvalue(laplacian)));
    }

    /// <summary>
    /// The tables under the names of the converted file: <c>table.faces</c>, <c>table.perm</c>, <c>table.perm_reverse</c>, and
    /// <c>table.L0.*</c>, <c>table.L2.*</c> as row, col (int32) and val (float32).
    /// </summary>
    public TensorMap ToTensors()
    {
        int[] positions = PositionOfVertex;
        var tables = new TensorMap("the tables of graphhand's template");
        tables.Add("table.faces", Tensor.From(new Shape(_faces.Length / 3, 3), _faces));
        tables.Add("table.perm", Tensor.From(new Shape(Permutation.Length), Permutation));
        tables.Add("table.perm_reverse", Tensor.From(new Shape(positions.Length), positions));
        foreach (int level in (ReadOnlySpan<int>)[0, 2])
        {
            SparseMatrix laplacian = RescaledLaplacian(level);
            int[] rows = [.. Enumerable.Range(0, laplacian.Rows).SelectMany(row => Enumerable.Repeat(row, laplacian.ColumnsOf(row).Length))];
            float[] values = Array.ConvertAll(laplacian.Values.ToArray(), value => (float)value);
            var shape = new Shape(rows.Length);
            tables.Add($"table.L{level}.row", Tensor.From(shape, rows));
            tables.Add($"table.L{level}.col", Tensor.From(shape, laplacian.ColumnIndices));
            tables.Add($"table.L{level}.val", Tensor.From(shape, values));
        }

        return tables;
    }

    private static int[] WithoutStub(ReadOnlySpan<int> faces)
    {
        var kept = new List<int>(faces.Length);
        for (int f = 0; f + 2 < faces.Length; f += 3)
        {
            ReadOnlySpan<int> corners = faces.Slice(f, 3);
            if (corners.ContainsAnyInRange(StubStart, StubEnd - 1))
            {
                continue;
            }

            foreach (int corner in corners)
            {
                kept.Add(corner >= StubEnd ? corner - (StubEnd - StubStart) : corner);
            }
        }

        return [.. kept];
    }
}
