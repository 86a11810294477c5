using HandMeshEngine.Systems.InceptionGraph;
using HandMeshEngine.Tests.Systems;

namespace HandMeshEngine.Tests.Meshes;

public sealed class StoredTableTests
{
    [Fact]
    public void Tables_rebuilt_from_the_embedded_mesh_equal_the_stored_ones()
    {
        TensorMap rebuilt = Rebuild(SyntheticHand.Mesh());
        IReadOnlyList<string> files = CaseFolders.Files(string.Empty, "tables778.safetensors");
        Assert.NotEmpty(files);
        foreach (string file in files)
        {
            foreach ((string name, Tensor stored) in SafetensorsFile.Read(file))
            {
                TableAssert.Equal(name, stored, rebuilt[name]);
            }
        }
    }

    [Theory]
    [InlineData("inceptiongraph", "graph.")]
    [InlineData("pixelaligned", "mesh.")]
    public void Synthetic_tables_equal_those_that_the_cases_of_the_synthetic_mesh_carry(string system, string prefix)
    {
        TensorMap tables = Named.Network(system).SyntheticTables();
        int compared = 0;
        foreach (string file in CaseFolders.Files(system).Where(IsOfTheSyntheticMesh))
        {
            TensorMap stored = SafetensorsFile.Read(file);
            foreach (string name in stored.Names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal) || name == "joint_regressor"))
            {
                TableAssert.Equal(name, stored[name], tables[name]);
                compared++;
            }
        }

        Assert.SkipWhen(compared == 0, $"no case of {system}: set {CaseFolders.Variable}");
    }

    [Fact]
    public void Handar_stand_in_tables_equal_those_of_its_case()
    {
        TensorMap tables = Named.Network("handar").SyntheticTables();
        string[] files = [.. CaseFolders.Files("handar").Where(IsOfTheSyntheticMesh)];
        Assert.SkipWhen(files.Length == 0, $"no case of handar: set {CaseFolders.Variable}");
        foreach (string file in files)
        {
            TensorMap stored = SafetensorsFile.Read(file);
            TableAssert.Equal("faces", stored["faces"], tables["faces"]);
            TableAssert.Equal("joint_regressor", stored["joint_regressor"], tables["joint_regressor"]);
        }
    }

    // Cases of other names may be of other meshes.
    private static bool IsOfTheSyntheticMesh(string file) => Path.GetFileName(file).StartsWith("dev-", StringComparison.Ordinal);

    private static TensorMap Rebuild(TriangleMesh mesh)
    {
        var tables = new TensorMap("rebuilt");
        double[] joints = [.. SyntheticHand.Joints().SelectMany(joint => new[] { joint.X, joint.Y, joint.Z })];
        tables.Add("joints", TableAssert.Doubles(joints, joints.Length / 3, 3));
        tables.Add("joint_regressor", SyntheticHand.JointRegressor(mesh).ToDense());
        int[] edges = MeshEdges.All(mesh.Faces);
        tables.Add("edges", TableAssert.Ints(edges, edges.Length / 2, 2));

        MeshLevel[] levels = MeshHierarchy.Build(mesh, 4);
        for (int k = 0; k < levels.Length; k++)
        {
            TriangleMesh level = levels[k].Mesh;
            tables.Add($"level{k}.v", TableAssert.Doubles(level.Vertices, level.VertexCount, 3));
            tables.Add($"level{k}.f", TableAssert.Ints(level.Faces, level.FaceCount, 3));
            foreach (int length in (int[])[9, 27])
            {
                int[] spirals = Spirals.Build(level, length, SpiralOrder.SmallestFirst);
                tables.Add($"level{k}.spiral{length}", TableAssert.Ints(spirals, level.VertexCount, length));
            }

            if (levels[k].Up is { } up)
            {
                tables.Add($"level{k}.kept", TableAssert.Ints(levels[k].Kept, levels[k].Kept.Length));
                AddRows(tables, $"level{k}.up", up);
            }
        }

        Coarsening tree = InceptionGraphTables.Tree(mesh);
        tables.Add("tree.perm", TableAssert.Ints(tree.Order[0], tree.Order[0].Length));
        for (int k = 0; k < tree.Order.Length; k++)
        {
            (double largest, SparseMatrix scaled) = InceptionGraphTables.ScaledLaplacian(tree.Adjacency[k]);
            AddRows(tables, $"tree{k}.scaled", scaled);
            tables.Add($"tree{k}.lmax", TableAssert.Doubles([largest], 1));
        }

        return tables;
    }

    private static void AddRows(TensorMap tables, string name, SparseMatrix matrix)
    {
        (Tensor index, Tensor value) = matrix.ToPaddedRows();
        tables.Add(name + ".index", index);
        tables.Add(name + ".value", value);
    }
}
