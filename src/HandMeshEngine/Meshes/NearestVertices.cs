namespace HandMeshEngine.Meshes;

/// <summary>Nearest neighbours by Euclidean distance, for spirals that run out of surface.</summary>
internal static class NearestVertices
{
    /// <summary>
    /// The <paramref name="count"/> vertices nearest to <paramref name="centre"/>, itself first; squared distances that agree to
    /// 15 digits go to the lower index.
    /// </summary>
    public static int[] Of(TriangleMesh mesh, int centre, int count)
    {
        Vector3d p = mesh.Vertex(centre);
        return Of(mesh, p, count, preferred: centre);
    }

    /// <summary>The same for any point, with no vertex preferred unless given.</summary>
    public static int[] Of(TriangleMesh mesh, Vector3d point, int count, int preferred = -1)
    {
        var keys = new (bool NotPreferred, double Squared, int Vertex)[mesh.VertexCount];
        for (int v = 0; v < keys.Length; v++)
        {
            keys[v] = (v != preferred, Decimals.Round((mesh.Vertex(v) - point).LengthSquared, 15), v);
        }

        Array.Sort(keys);
        return Array.ConvertAll(keys[..count], key => key.Vertex);
    }
}
