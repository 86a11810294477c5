namespace HandMeshEngine.Meshes;

/// <summary>The undirected edges of a triangle list, each once however many faces share it, as sorted pairs i &lt; j.</summary>
internal static class MeshEdges
{
    /// <summary>All edges [E, 2] in ascending order.</summary>
    public static int[] All(ReadOnlySpan<int> faces) => Select(faces, static _ => true);

    /// <summary>The edges [E, 2] that belong to exactly one face, in ascending order.</summary>
    public static int[] Boundary(ReadOnlySpan<int> faces) => Select(faces, static count => count == 1);

    /// <summary>The adjacency matrix: 0 or 1, symmetric, no diagonal. Its rows are the neighbour lists of the graph layers.</summary>
    public static SparseMatrix Adjacency(ReadOnlySpan<int> faces, int vertexCount)
    {
        int[] edges = All(faces);
        var entries = new SparseMatrix.Builder(vertexCount, vertexCount, edges.Length);
        for (int e = 0; e < edges.Length; e += 2)
        {
            entries.Add(edges[e], edges[e + 1], 1);
            entries.Add(edges[e + 1], edges[e], 1);
        }

        return entries.Build();
    }

    private static int[] Select(ReadOnlySpan<int> faces, Predicate<int> keepCount)
    {
        var keys = new long[faces.Length];
        for (int i = 0; i < faces.Length; i++)
        {
            int a = faces[i];
            int b = faces[i % 3 == 2 ? i - 2 : i + 1];
            keys[i] = ((long)Math.Min(a, b) << 32) | (uint)Math.Max(a, b);
        }

        Array.Sort(keys);
        var edges = new List<int>(keys.Length);
        for (int i = 0, next; i < keys.Length; i = next)
        {
            next = i + 1;
            while (next < keys.Length && keys[next] == keys[i])
            {
                next++;
            }

            if (keepCount(next - i))
            {
                edges.Add((int)(keys[i] >> 32));
                edges.Add((int)keys[i]);
            }
        }

        return [.. edges];
    }
}
