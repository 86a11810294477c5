using HandMeshEngine.Conversion;
using HandMeshEngine.Systems.Blocks;
using HandMeshEngine.Systems.HandAr;
using HandMeshEngine.Systems.HandDgp;
using HandMeshEngine.Systems.InceptionGraph;
using HandMeshEngine.Tests.Systems;

namespace HandMeshEngine.Tests.Conversion;

public sealed class SystemTablesTests
{
    [Fact]
    public void Handdgp_gets_spirals_and_faces_and_mobrecon_matrices_and_regressor_too()
    {
        using var files = new TableFixtures();
        string transform = files.Transform(MeshHierarchy.Build(SyntheticHand.Mesh(), SpiralTables.Levels));
        TensorMap expected = Named.Network("mobrecon").SyntheticTables();
        Tensor manoOrder = Tensor.From(new Shape(21, 778), Enumerable.Range(0, 21 * 778).Select(i => i / 778f).ToArray());

        (TensorMap handDgp, List<string> notices) = Build("handdgp", transform);
        (TensorMap mobRecon, _) = Build("mobrecon", files.Npy("j_reg.npy", manoOrder), transform);

        Assert.Equal(["level0.spiral", "level1.spiral", "level2.spiral", "level3.spiral", "faces"], handDgp.Names);
        Assert.All(handDgp, table => Assert.Equal(expected[table.Key].Bytes, table.Value.Bytes));
        Assert.Contains("is not the table of the authors' released weights", Assert.Single(notices));
        Assert.Equal(expected.Names.Order(), mobRecon.Names.Order());
        Assert.All(mobRecon.Where(table => table.Key != "j_reg"), table => Assert.Equal(expected[table.Key].Bytes, table.Value.Bytes));
        Assert.Equal(JointRegressors.FromManoOrder(manoOrder).Bytes, mobRecon["j_reg"].Bytes);
    }

    [Fact]
    public void Graphhand_gets_its_graph_from_the_template()
    {
        string template = Path.Combine(Repository.Root, "src", "HandMeshEngine", "Meshes", "Data", "template1010.obj");

        (TensorMap tables, List<string> notices) = Build("graphhand", template);

        TensorMap expected = Named.Network("graphhand").SyntheticTables();
        Assert.Equal(expected.Names, tables.Names);
        Assert.All(tables, table => Assert.Equal(expected[table.Key].Bytes, table.Value.Bytes));
        Assert.Contains("is not the table of the authors' released weights", Assert.Single(notices));
    }

    [Fact]
    public void Handar_gets_faces_and_regressor_from_the_MANO_file()
    {
        using var files = new TableFixtures();
        Tensor faces = Tensor.From(new Shape(2, 3), 0, 1, 2, 2, 1, 3);
        Tensor regressor = Tensor.From(new Shape(16, 778), Enumerable.Range(0, 16 * 778).Select(i => (double)i).ToArray());

        (TensorMap tables, List<string> notices) = Build("handar", files.Mano(faces, regressor));

        Assert.Equal(faces.Bytes, tables["faces"].Bytes);
        Assert.Equal(JointRegressors.FromMano(regressor).Bytes, tables["joint_regressor"].Bytes);
        Assert.Empty(notices);
        string toy = files.Mano(faces, new Tensor(DType.Float64, new Shape(2, 778)));
        Assert.Contains("16 rows", Assert.Throws<CheckpointException>(() => Build("handar", toy)).Message);
    }

    [Fact]
    public void A_mesh_stands_in_for_tables_that_a_trainers_checkpoint_lacks()
    {
        using var files = new TableFixtures();
        TriangleMesh mesh = SyntheticHand.Mesh();
        string obj = files.Obj(mesh);
        string regressor = files.Npy("regressor.npy", SyntheticHand.JointRegressor(mesh).ToDense());

        (TensorMap inception, _) = Build("inceptiongraph", obj);
        (TensorMap pixelAligned, _) = Build("pixelaligned", obj, regressor);

        Assert.Equal(InceptionGraphTables.Build(mesh).Names.Append("faces").Order(), inception.Names.Order());
        TensorMap expected = Named.Network("pixelaligned").SyntheticTables();
        Assert.Equal(expected.Names.Where(name => name != "weak_camera.mean").Order(), pixelAligned.Names.Order());
        Assert.All(pixelAligned.Where(table => table.Key != "mesh.init"), table => Assert.Equal(expected[table.Key].Bytes, table.Value.Bytes));
    }

    [Fact]
    public void Ready_tables_stand_for_every_other_file()
    {
        using var files = new TableFixtures();
        var ready = new TensorMap("ready");
        ready.Add("faces", Tensor.From(new Shape(1, 3), 0, 1, 2));
        ready.Add("joint_regressor", new Tensor(DType.Float32, new Shape(21, 50)));
        SafetensorsFile.Write(files.PathOf("ready.safetensors"), ready);

        (TensorMap tables, List<string> notices) = Build("handar", files.PathOf("ready.safetensors"));

        Assert.Equal(new Shape(21, 50), tables["joint_regressor"].Shape);
        Assert.Empty(notices);
    }

    [Theory]
    [InlineData("handdgp", "HandMesh's template/transform.pkl is needed")]
    [InlineData("mobrecon", "HandMesh's template/transform.pkl is needed")]
    [InlineData("graphhand", "data/0214_lowP_vn_g.0001.obj is needed")]
    [InlineData("handar", "MANO_RIGHT.pkl is needed")]
    public void A_missing_table_is_named(string system, string reason) =>
        Assert.Contains(reason, Assert.Throws<CheckpointException>(() => Build(system)).Message);

    [Fact]
    public void Tables_of_the_wrong_kind_given_twice_or_damaged_are_refused_and_useless_ones_noticed()
    {
        using var files = new TableFixtures();
        string array = files.Npy("j_reg.npy", new Tensor(DType.Float32, new Shape(21, 5)));
        string cube = files.Npy("cube.npy", new Tensor(DType.Float32, new Shape(2, 2, 2)));
        string text = files.Write("notes.txt", [1, 2, 3]);
        string quads = files.Write("quads.obj", "v 0 0 0\nf 1 2 3 4\n"u8.ToArray());

        Assert.Contains("must be .pkl, .npy, .obj or .safetensors", Assert.Throws<CheckpointException>(() => Build("handar", text)).Message);
        Assert.Contains("already given", Assert.Throws<CheckpointException>(() => Build("handar", array, array)).Message);
        Assert.Contains("neither faces", Assert.Throws<CheckpointException>(() => Build("handar", cube)).Message);
        Assert.Contains("OBJ line 2", Assert.Throws<CheckpointException>(() => Build("graphhand", quads)).Message);
        string mano = files.Mano(Tensor.From(new Shape(1, 3), 0, 1, 2), new Tensor(DType.Float64, new Shape(16, 778)));
        Assert.Contains("not needed", Assert.Single(Build("handar", mano, array).Notices));
    }

    [Fact]
    public void A_transform_file_with_bad_faces_is_refused_by_its_name()
    {
        using var files = new TableFixtures();
        byte[] sound = System.IO.File.ReadAllBytes(files.Transform(MeshHierarchy.Build(SyntheticHand.Mesh(), SpiralTables.Levels)));
        int at = sound.AsSpan().IndexOf("face"u8);
        at += sound.AsSpan(at).IndexOf((ReadOnlySpan<byte>)[0, 0, 0, (byte)'B']) + 8;
        BitConverter.TryWriteBytes(sound.AsSpan(at + 60), 1_000_000);

        string message = Assert.Throws<CheckpointException>(() => Build("handdgp", files.Write("transform.pkl", sound))).Message;

        Assert.Contains("transform.pkl", message);
    }

    private static (TensorMap Tables, List<string> Notices) Build(string system, params string[] paths)
    {
        var notices = new List<string>();
        return (Named.Network(system).Tables(new TableFiles(paths), notices), notices);
    }
}
