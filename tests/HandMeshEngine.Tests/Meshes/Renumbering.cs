namespace HandMeshEngine.Tests.Meshes;

/// <summary>The same surface under other vertex and face numbers, from a seed.</summary>
internal static class Renumbering
{
    /// <summary>
    /// Vertices in the order of splitmix64(1,000,000 seed + i), faces in that of seed + 100, corners of face i of the result turned
    /// by i mod 3. <c>tables.py</c> was run on the same meshes for the fingerprints in the tests.
    /// </summary>
    public static TriangleMesh Apply(TriangleMesh mesh, int seed)
    {
        int[] vertexOrder = Order(seed, mesh.VertexCount);
        int[] newNumber = BalancedTree.Positions(vertexOrder);
        double[] vertices = [.. vertexOrder.SelectMany(v => mesh.Vertices.Slice(3 * v, 3).ToArray())];
        int[] faceOrder = Order(seed + 100, mesh.FaceCount);
        var faces = new int[3 * mesh.FaceCount];
        for (int i = 0; i < faces.Length; i++)
        {
            int face = i / 3;
            faces[i] = newNumber[mesh.Faces[(3 * faceOrder[face]) + (((i % 3) + (face % 3)) % 3)]];
        }

        return new TriangleMesh(vertices, faces);
    }

    private static int[] Order(int seed, int count) => [.. Enumerable.Range(0, count).OrderBy(i => Mix(((ulong)seed * 1_000_000) + (ulong)i))];

    private static ulong Mix(ulong value)
    {
        ulong z = unchecked(value * 0x9E3779B97F4A7C15);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return z ^ (z >> 31);
    }
}
