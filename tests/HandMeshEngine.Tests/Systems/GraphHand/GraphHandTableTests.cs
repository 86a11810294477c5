using HandMeshEngine.Systems.GraphHand;
using HandMeshEngine.Tests.Meshes;

namespace HandMeshEngine.Tests.Systems.GraphHand;

public sealed class GraphHandTableTests
{
    [Fact]
    public void Argsort_orders_ties_as_numpy_does()
    {
        foreach ((string prefix, TensorMap stored) in Units("argsort.", ".values"))
        {
            int[] order = NumpyArgsort.Sort(stored[prefix + ".values"].Span<double>());
            TableAssert.Equal(prefix, stored[prefix + ".order"], TableAssert.Ints(order, order.Length));
        }
    }

    [Fact]
    public void Coarsening_equals_every_stored_mesh()
    {
        foreach ((string prefix, TensorMap stored) in Units("coarsen.", ".faces"))
        {
            GraphHandTables tables = GraphHandTables.FromFaces(TableAssert.ToInts(stored[prefix + ".faces"]));
            TableAssert.Equal(prefix + ".perm", stored[prefix + ".perm"], TableAssert.Ints(tables.Permutation, tables.Permutation.Length));
            TableAssert.Equal(prefix + ".levels", stored[prefix + ".levels"], TableAssert.Ints(tables.LevelSizes, tables.LevelSizes.Length));
            CheckLaplacians(prefix, stored, tables.ToTensors());
            CheckEigenvalues(prefix, stored[prefix + ".lmax"], tables);
        }
    }

    [Fact]
    public void Tables_rebuilt_from_a_template_equal_the_stored_ones_of_its_case()
    {
        var cases = CaseFolders.Files("graphhand", ".template.obj")
            .Select(obj => (Obj: obj, Case: obj.Replace(".template.obj", ".safetensors", StringComparison.Ordinal)))
            .Where(pair => File.Exists(pair.Case))
            .ToList();
        foreach ((string obj, string file) in cases)
        {
            using StreamReader text = File.OpenText(obj);
            CheckTemplate(GraphHandTables.FromTemplate(ObjFile.Read(text).Faces), SafetensorsFile.Read(file));
        }

        Assert.SkipWhen(cases.Count == 0, $"no template with its case: set {CaseFolders.Variable}");
    }

    [Fact]
    public void Tables_of_the_embedded_template_equal_the_stored_ones()
    {
        TensorMap stored = SafetensorsFile.Read(CaseFolders.Files("tables", "graphhand-dev-0.safetensors").Single());
        CheckTemplate(GraphHandTables.FromTemplate(SyntheticHand.ClosedTemplate().Faces), stored);
        TensorMap tables = Named.Network("graphhand").SyntheticTables();
        TableAssert.Equal("table.perm", stored["table.perm"], tables["table.perm"]);
    }

    [Fact]
    public void A_template_vertex_without_a_triangle_is_refused()
    {
        var exception = Assert.Throws<ArgumentException>(() => GraphHandTables.FromFaces([0, 1, 2, 0, 2, 4]));
        Assert.Contains("vertex 3", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_order_that_would_drive_the_original_sort_into_heapsort_is_refused()
    {
        Assert.Throws<ArgumentException>(() => NumpyArgsort.Sort(MedianOfThreeKiller(4096)));
    }

    private static void CheckTemplate(GraphHandTables tables, TensorMap stored)
    {
        TensorMap rebuilt = tables.ToTensors();
        foreach (string name in (string[])["table.faces", "table.perm", "table.perm_reverse"])
        {
            TableAssert.Equal(name, stored[name], rebuilt[name]);
        }

        CheckLaplacians("table", stored, rebuilt);
        CheckEigenvalues("table", stored["table.lmax"], tables);
    }

    private static void CheckLaplacians(string prefix, TensorMap stored, TensorMap rebuilt)
    {
        foreach (string part in (string[])["L0.row", "L0.col", "L0.val", "L2.row", "L2.col", "L2.val"])
        {
            TableAssert.Equal($"{prefix}.{part}", stored[$"{prefix}.{part}"], rebuilt["table." + part]);
        }
    }

    private static void CheckEigenvalues(string prefix, Tensor stored, GraphHandTables tables)
    {
        double[] eigenvalues = [.. Enumerable.Range(0, stored.Shape.Count).Select(tables.LargestEigenvalue)];
        TableAssert.Equal(prefix + ".lmax", stored, TableAssert.Doubles(eigenvalues, eigenvalues.Length), tolerance: 1e-9);
    }

    // Every unit of a kind in every file: ("coarsen.40", its file).
    private static List<(string Prefix, TensorMap Stored)> Units(string kind, string suffix)
    {
        IReadOnlyList<string> files =
            [.. CaseFolders.Files("tables", "graphhand-dev-0.safetensors"), .. CaseFolders.Files("graphhand", ".units.safetensors")];
        var units = new List<(string, TensorMap)>();
        foreach (string file in files)
        {
            TensorMap stored = SafetensorsFile.Read(file);
            units.AddRange(stored.Names
                .Where(name => name.StartsWith(kind, StringComparison.Ordinal) && name.EndsWith(suffix, StringComparison.Ordinal))
                .Select(name => (name[..^suffix.Length], stored)));
        }

        Assert.NotEmpty(units);
        return units;
    }

    // Musser 1997: a permutation of 0..n-1 that makes every median-of-three pivot the second smallest key.
    private static double[] MedianOfThreeKiller(int n)
    {
        var keys = new double[n];
        for (int i = 0; i < n / 2; i++)
        {
            keys[i] = i % 2 == 0 ? i + 1 : (n / 2) + i;
            keys[(n / 2) + i] = 2 * (i + 1);
        }

        return keys;
    }
}
