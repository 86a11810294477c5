namespace HandMeshEngine.Meshes;

/// <summary>
/// One resolution of a mesh hierarchy. <paramref name="Kept"/> names the vertices of the next finer level that survive here and
/// <paramref name="Up"/> [finer, here] interpolates back to it; the finest level has neither.
/// </summary>
internal sealed record MeshLevel(TriangleMesh Mesh, int[] Kept, SparseMatrix? Up);

/// <summary>Levels from fine to coarse, each with half the vertices of the one before, rounded up (778, 389, 195, 98, 49).</summary>
internal static class MeshHierarchy
{
    /// <exception cref="ArgumentException">The mesh cannot be decimated that far.</exception>
    public static MeshLevel[] Build(TriangleMesh mesh, int steps)
    {
        var levels = new List<MeshLevel> { new(mesh, [], null) };
        for (int step = 0; step < steps; step++)
        {
            TriangleMesh fine = levels[^1].Mesh;
            (int[] kept, int[] faces) = Decimation.Collapse(fine, (fine.VertexCount + 1) / 2);
            var vertices = new double[3 * kept.Length];
            for (int v = 0; v < kept.Length; v++)
            {
                fine.Vertices.Slice(3 * kept[v], 3).CopyTo(vertices.AsSpan(3 * v));
            }

            var coarse = new TriangleMesh(vertices, faces);
            levels.Add(new MeshLevel(coarse, kept, UpSampling.Matrix(coarse, fine.Vertices)));
        }

        return [.. levels];
    }
}
