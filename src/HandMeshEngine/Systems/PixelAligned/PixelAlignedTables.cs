namespace HandMeshEngine.Systems.PixelAligned;

/// <summary>pixelaligned's fixed tables, made from a mesh as a trainer makes them (pixelaligned.md 4.1).</summary>
internal static class PixelAlignedTables
{
    private const int CoarsestLevel = 4;
    private const int SpiralLength = 9;

    /// <summary>The default of <c>weak_camera.mean</c> (3.3): scale, tx, ty.</summary>
    public static Tensor DefaultCamera => Tensor.From(new Shape(3), 1.6f, 0f, -0.67f);

    /// <summary>
    /// The checkpoint keys <c>mesh.init</c> (float32, network units relative to <paramref name="wrist"/>), <c>mesh.m{s}_spiral</c>
    /// (int64) and <c>mesh.m{s}_up_index</c>, <c>_up_value</c>; s = 4 is the coarsest level, s = 1 the mesh itself.
    /// </summary>
    /// <param name="mesh">The template in metres.</param>
    /// <param name="wrist">The wrist joint in metres.</param>
    public static TensorMap Build(TriangleMesh mesh, Vector3d wrist)
    {
        MeshLevel[] levels = MeshHierarchy.Build(mesh, CoarsestLevel - 1);
        var tables = new TensorMap("the tables of a pixelaligned mesh");
        tables.Add("mesh.init", Initial(levels[^1].Mesh, wrist));
        for (int s = CoarsestLevel; s >= 1; s--)
        {
            TriangleMesh level = levels[s - 1].Mesh;
            long[] spirals = Array.ConvertAll(Spirals.Build(level, SpiralLength, SpiralOrder.SmallestFirst), vertex => (long)vertex);
            tables.Add($"mesh.m{s}_spiral", Tensor.From(new Shape(level.VertexCount, SpiralLength), spirals));
            if (s < CoarsestLevel && levels[s].Up is { } up)
            {
                (Tensor index, Tensor value) = up.ToPaddedRows();
                tables.Add($"mesh.m{s}_up_index", index);
                tables.Add($"mesh.m{s}_up_value", value);
            }
        }

        return tables;
    }

    private static Tensor Initial(TriangleMesh coarsest, Vector3d wrist)
    {
        var initial = new Tensor(DType.Float32, new Shape(coarsest.VertexCount, 3));
        for (int v = 0; v < coarsest.VertexCount; v++)
        {
            Vector3d relative = coarsest.Vertex(v) - wrist;
            Span<float> row = initial.Span<float>().Slice(3 * v, 3);
            (row[0], row[1], row[2]) = ((float)(relative.X / PixelAlignedNetwork.MetresPerUnit), (float)(relative.Y / PixelAlignedNetwork.MetresPerUnit), (float)(relative.Z / PixelAlignedNetwork.MetresPerUnit));
        }

        return initial;
    }
}
