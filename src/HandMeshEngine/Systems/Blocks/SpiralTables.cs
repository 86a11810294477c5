using HandMeshEngine.Checkpoints.Numpy;
using HandMeshEngine.Conversion;

namespace HandMeshEngine.Systems.Blocks;

/// <summary>
/// The tables of <see cref="SpiralDecoder"/> (docs/systems/handdgp.md 4). The real ones come from HandMesh's <c>transform.pkl</c>:
/// trained weights depend on its exact choice of vertices, so nothing is decimated anew for them.
/// </summary>
internal static class SpiralTables
{
    /// <summary>Levels that the decoder walks: 778, 389, 195 and 98 vertices.</summary>
    public const int Levels = 4;

    private const int SpiralLength = 9;

    // SHA-256 of HandMesh's template/transform.pkl, and the fingerprints of the spirals [V, 9] built from it (4.1).
    private const string PublishedTransform = "78877f06e9858bedd5fbca13692ccee25cfe09b6314e7ee3b3d0827c39979f3c";

    private static readonly string[] _releasedSpirals =
    [
        "bff4cab81a8cff812625ff68777185c87f8983bc6516845ea61ceed48396dcc2",
        "2fb3bd7b347959b0396825e76c710e847fd2239576b84a0e0ef105eb3980db1d",
        "97bfc4a98fa10eb6b9afa10946ee65abb5ca99df0a82de290ada680cadcfefd9",
        "41668eb2c832aca4bc86f671aac3dafc9eff140d0808eb4396fedf612f8a1491",
    ];

    /// <summary>The key of the spirals of a level, 0 the finest: int32 [V, 9].</summary>
    public static string SpiralKey(int level) => $"level{level}.spiral";

    /// <summary>The key of the up-sampling matrix from level + 1 to a level.</summary>
    public static string UpKey(int level) => $"decoder3d.up_transform.{level}";

    /// <summary>The spirals of levels 0 to 3 under <see cref="SpiralKey"/>, and <c>faces</c> (int32) of level 0.</summary>
    /// <param name="levels">The meshes of <c>transform.pkl</c>, finest first; further ones are not used.</param>
    /// <exception cref="ArgumentException">A level is missing or is no oriented manifold.</exception>
    public static TensorMap Build(IReadOnlyList<TriangleMesh> levels)
    {
        if (levels.Count < Levels)
        {
            throw new ArgumentException($"{Levels} mesh levels are needed, but there are {levels.Count}");
        }

        var tables = new TensorMap("the spirals of a mesh");
        for (int level = 0; level < Levels; level++)
        {
            int[] spirals = Spirals.Build(levels[level], SpiralLength, SpiralOrder.OpenMesh);
            tables.Add(SpiralKey(level), Tensor.From(new Shape(levels[level].VertexCount, SpiralLength), spirals));
        }

        tables.Add("faces", Tensor.From(new Shape(levels[0].FaceCount, 3), levels[0].Faces));
        return tables;
    }

    /// <summary>Matrices, <c>j_reg</c>, spirals and faces of the synthetic hand.</summary>
    public static TensorMap Synthetic()
    {
        MeshLevel[] levels = MeshHierarchy.Build(SyntheticHand.Mesh(), Levels);
        var tables = new TensorMap("the synthetic spiral tables");
        for (int level = 0; level < Levels; level++)
        {
            tables.Add(UpKey(level), levels[level + 1].Up!.ToDense());
        }

        tables.Add("j_reg", WithBatch(SyntheticHand.JointRegressor(levels[0].Mesh).ToDense()));
        foreach ((string name, Tensor table) in Build(Array.ConvertAll(levels, level => level.Mesh)))
        {
            tables.Add(name, table);
        }

        return tables;
    }

    /// <summary>Spirals and faces from <c>transform.pkl</c>, unless ready ones are among the files.</summary>
    /// <returns>The pickle, for what else is in it; null if it was not needed.</returns>
    /// <exception cref="CheckpointException">The file is missing or bad.</exception>
    public static (string Path, object? Root)? Add(TensorMap tables, TableFiles files, List<string> notices)
    {
        if (files.Ready?.Contains(SpiralKey(0)) == true)
        {
            return null;
        }

        (string path, object? root) = files.Use(files.Transform, "HandMesh's template/transform.pkl");
        IReadOnlyList<object?> vertices = PickledTables.Items(PickledTables.Entry(root, "vertices", path), path, "vertices");
        IReadOnlyList<object?> faces = PickledTables.Items(PickledTables.Entry(root, "face", path), path, "face");
        if (vertices.Count < Levels || faces.Count < Levels)
        {
            throw new CheckpointException(path, $"{Levels} mesh levels are needed but {Math.Min(vertices.Count, faces.Count)} are there");
        }

        FromFile.AddTo(tables, path, () => Build(
            [.. Enumerable.Range(0, Levels).Select(level => MeshOf(vertices[level], faces[level], path))]));
        ReleasedTables.Compare(
            path,
            PublishedTransform,
            Enumerable.Range(0, Levels).Select(level => (tables[SpiralKey(level)], _releasedSpirals[level])),
            notices);
        return (path, root);
    }

    /// <summary>The tables of a stored case, whose sparse rows become the checkpoint's dense matrices.</summary>
    public static TensorMap OfCase(ReferenceCase reference)
    {
        TensorMap stored = reference.SharedTables();
        var tables = new TensorMap(stored.Source);
        for (int level = 0; level < Levels; level++)
        {
            int columns = stored[$"level{level + 1}.vertices"].Shape[0];
            var up = SparseMatrix.FromPaddedRows(stored[$"up{level}.col"], stored[$"up{level}.val"], columns);
            tables.Add(UpKey(level), up.ToDense());
            tables.Add(SpiralKey(level), stored[SpiralKey(level)]);
        }

        tables.Add("j_reg", WithBatch(stored["j_reg"]));
        tables.Add("faces", stored["level0.faces"]);
        return tables;
    }

    private static Tensor WithBatch(Tensor regressor) => regressor.Reshape(new Shape(1, regressor.Shape[0], regressor.Shape[1]));

    private static TriangleMesh MeshOf(object? vertices, object? faces, string path)
    {
        Tensor positions = PickledTables.Array(vertices, path, "vertices");
        Tensor corners = PickledTables.Array(faces, path, "face").ToInt32();
        double[] coordinates = new double[positions.Shape.Count];
        for (int i = 0; i < coordinates.Length; i++)
        {
            coordinates[i] = positions[i];
        }

        return new TriangleMesh(coordinates, corners.Span<int>());
    }
}
