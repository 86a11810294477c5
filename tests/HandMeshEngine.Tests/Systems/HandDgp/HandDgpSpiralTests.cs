using HandMeshEngine.Systems.Blocks;
using HandMeshEngine.Systems.HandDgp;
using HandMeshEngine.Tests.Meshes;

namespace HandMeshEngine.Tests.Systems.HandDgp;

public sealed class HandDgpSpiralTests
{
    [Fact]
    public void Spirals_equal_those_of_every_stored_mesh_level()
    {
        IReadOnlyList<string> files = Files("tables-");
        Assert.NotEmpty(files);
        foreach (string file in files)
        {
            TensorMap stored = SafetensorsFile.Read(file);
            TriangleMesh[] levels = [.. Enumerable.Range(0, SpiralTables.Levels).Select(k => Mesh(stored, $"level{k}."))];
            TensorMap tables = SpiralTables.Build(levels);
            for (int k = 0; k < levels.Length; k++)
            {
                TableAssert.Equal(SpiralTables.SpiralKey(k), stored[$"level{k}.spiral"], tables[SpiralTables.SpiralKey(k)]);
            }

            TableAssert.Equal("faces", stored["level0.faces"], tables["faces"]);
            Tensor regressor = JointRegressors.FromManoOrder(stored["j_reg_mano"]);
            TableAssert.Equal("j_reg", stored["j_reg"], regressor.Reshape(stored["j_reg"].Shape), tolerance: 0);
        }
    }

    [Fact]
    public void Spirals_that_run_out_of_surface_take_the_nearest_vertices()
    {
        IReadOnlyList<string> files = Files("spiral-edge-");
        Assert.NotEmpty(files);
        foreach (string file in files)
        {
            TensorMap stored = SafetensorsFile.Read(file);
            Tensor expected = stored["spiral9"];
            int[] spirals = Spirals.Build(Mesh(stored, string.Empty), expected.Shape[1], SpiralOrder.OpenMesh);
            TableAssert.Equal("spiral9", expected, TableAssert.Ints(spirals, expected.Shape.Extents));
        }
    }

    [Fact]
    public void Stored_up_sampling_rows_survive_the_dense_form_of_the_checkpoint()
    {
        TensorMap stored = SafetensorsFile.Read(Files("tables-")[0]);
        SparseMatrix up = SparseMatrix.FromPaddedRows(stored["up0.col"], stored["up0.val"], 389);
        SparseMatrix again = SparseMatrix.FromDense(up.ToDense());
        Assert.Equal(778, again.Rows);
        TableAssert.Equal("up0", up.ToDense(), again.ToDense(), tolerance: 0);
        Assert.Equal(stored["up0.col"].Shape[1], again.ToPaddedRows().Index.Shape[1]);
    }

    private static IReadOnlyList<string> Files(string kind) =>
        [.. CaseFolders.Files("handdgp").Where(file => Path.GetFileName(file).StartsWith(kind, StringComparison.Ordinal))];

    private static TriangleMesh Mesh(TensorMap stored, string prefix) =>
        new(TableAssert.ToDoubles(stored[prefix + "vertices"]), TableAssert.ToInts(stored[prefix + "faces"]));
}
