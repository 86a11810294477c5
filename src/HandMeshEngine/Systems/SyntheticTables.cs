using HandMeshEngine.Compute.Tensors;
using HandMeshEngine.Meshes;
using HandMeshEngine.Systems.GraphHand;
using HandMeshEngine.Systems.HandDgp;
using HandMeshEngine.Systems.InceptionGraph;
using HandMeshEngine.Systems.PixelAligned;

namespace HandMeshEngine.Systems;

/// <summary>
/// Every fixed table of a system, built from the embedded synthetic meshes under the names of a converted checkpoint: what
/// <c>--weights random:SEED</c> adds to the drawn weights. Output made with them means nothing.
/// </summary>
internal static class SyntheticTables
{
    /// <summary>
    /// The tables in a fixed order: <c>handdgp</c> and <c>mobrecon</c>: <c>decoder3d.up_transform.{0..3}</c>, <c>j_reg</c>,
    /// <c>level{0..3}.spiral</c>, <c>faces</c>. <c>graphhand</c>: <c>table.*</c>. <c>handar</c>: <c>faces</c>,
    /// <c>joint_regressor</c>. <c>inceptiongraph</c>: <c>graph.*</c>, <c>depth_net.range</c>, <c>faces</c>, <c>joint_regressor</c>.
    /// <c>pixelaligned</c>: <c>mesh.*</c>, <c>weak_camera.mean</c>, <c>faces</c>, <c>joint_regressor</c>.
    /// </summary>
    /// <exception cref="ArgumentException">The system has no stand-in tables.</exception>
    public static TensorMap Create(string system) => system switch
    {
        "handdgp" or "mobrecon" => HandDgp(),
        "graphhand" => GraphHandTables.FromTemplate(SyntheticHand.GraphHandTemplate().Faces).ToTensors(),
        "handar" => WithHand(new TensorMap("the synthetic tables of handar")),
        "inceptiongraph" => InceptionGraph(),
        "pixelaligned" => PixelAligned(),
        _ => throw new ArgumentException($"there are no stand-in tables for the system '{system}'"),
    };

    private static TensorMap HandDgp()
    {
        MeshLevel[] levels = MeshHierarchy.Build(SyntheticHand.Mesh(), HandDgpTables.Levels);
        var tables = new TensorMap("the synthetic tables of handdgp");
        for (int i = 0; i < HandDgpTables.Levels; i++)
        {
            tables.Add($"decoder3d.up_transform.{i}", levels[i + 1].Up!.ToDense());
        }

        Tensor regressor = SyntheticHand.JointRegressor(levels[0].Mesh).ToDense();
        tables.Add("j_reg", regressor.Reshape(new Shape(1, regressor.Shape[0], regressor.Shape[1])));
        foreach ((string name, Tensor table) in HandDgpTables.Build(Array.ConvertAll(levels, level => level.Mesh)))
        {
            tables.Add(name, table);
        }

        return tables;
    }

    private static TensorMap InceptionGraph()
    {
        TensorMap tables = InceptionGraphTables.Build(SyntheticHand.Mesh());
        tables.Add("depth_net.range", InceptionGraphTables.DefaultRange);
        return WithHand(tables);
    }

    private static TensorMap PixelAligned()
    {
        TensorMap tables = PixelAlignedTables.Build(SyntheticHand.Mesh(), SyntheticHand.Joints()[0]);
        tables.Add("weak_camera.mean", PixelAlignedTables.DefaultCamera);
        return WithHand(tables);
    }

    private static TensorMap WithHand(TensorMap tables)
    {
        TriangleMesh mesh = SyntheticHand.Mesh();
        tables.Add("faces", Tensor.From(new Shape(mesh.FaceCount, 3), mesh.Faces));
        tables.Add("joint_regressor", SyntheticHand.JointRegressor(mesh).ToDense());
        return tables;
    }
}
