using HandMeshEngine.Compute.Tensors;
using HandMeshEngine.Meshes;

namespace HandMeshEngine.Systems.HandDgp;

/// <summary>
/// The tables that handdgp and mobrecon need beside their checkpoints (handdgp.md 4). The real ones come from the user's
/// <c>transform.pkl</c>: trained weights depend on its exact vertex choice, so nothing is decimated anew for them.
/// </summary>
internal static class HandDgpTables
{
    /// <summary>Levels that the decoder walks: 778, 389, 195 and 98 vertices.</summary>
    public const int Levels = 4;

    private const int SpiralLength = 9;

    /// <summary>The key of the spirals of a level, 0 the finest: int32 [V, 9].</summary>
    public static string SpiralKey(int level) => $"level{level}.spiral";

    /// <summary>The spirals of levels 0 to 3 under <see cref="SpiralKey"/>, and <c>faces</c> (int32) of level 0.</summary>
    /// <param name="levels">The meshes of <c>transform.pkl</c>, finest first; further ones are not used.</param>
    /// <exception cref="ArgumentException">A level is missing or is no oriented manifold.</exception>
    public static TensorMap Build(IReadOnlyList<TriangleMesh> levels)
    {
        if (levels.Count < Levels)
        {
            throw new ArgumentException($"{Levels} mesh levels are needed, but there are {levels.Count}");
        }

        var tables = new TensorMap("the tables of a handdgp mesh");
        for (int level = 0; level < Levels; level++)
        {
            int[] spirals = Spirals.Build(levels[level], SpiralLength, SpiralOrder.OpenMesh);
            tables.Add(SpiralKey(level), Tensor.From(new Shape(levels[level].VertexCount, SpiralLength), spirals));
        }

        tables.Add("faces", Tensor.From(new Shape(levels[0].FaceCount, 3), levels[0].Faces));
        return tables;
    }
}
