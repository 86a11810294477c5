using System.Security.Cryptography;
using HandMeshEngine.Checkpoints.Keys;
using HandMeshEngine.Tests.Systems;

namespace HandMeshEngine.Tests.Checkpoints;

public sealed class StandInWeightsTests
{
    private const int LargestHashed = 70_000;

    /// <summary>The hash is over name and bytes of every drawn tensor of at most 70,000 values, made in Python by synth.py and the gains.</summary>
    [Theory]
    [InlineData("graphhand", "default", 1208, "d4756bd6258e42378c0ec65dad3d92c88b500b62a007a372070a1f53a8cb1ee9")]
    [InlineData("handar", "default", 562, "02dcce9e1830e75f60e6581d6abf36bd789b4e221368397d1470751103696474")]
    [InlineData("handdgp", "default", 259, "8d2e6921e02bcb0f93593d8299c0e826e05fc58a9ca60001959811be46dd7ad4")]
    [InlineData("mobrecon", "dsconv", 519, "fbf300e7466cec327c598321e322af45041b881d83bce5ef70cdd6f662ae26a2")]
    [InlineData("mobrecon", "spiralconv", 516, "c589e734900b4ca892543a513a6c1d70e91839fe99b20bde40fd1986a921978b")]
    [InlineData("inceptiongraph", "r18", 337, "d8a223ff59efd368c017451846bfea055f676fdd5c29d856c51ff7e693968fed")]
    [InlineData("inceptiongraph", "r50", 625, "0d1f0545a57b2fc027d4d6a96a86c1ea98cf1d7b0363c0d1cbcf502c8038c41d")]
    [InlineData("pixelaligned", "r50", 300, "9567b2a97aad29737360274e0e15ab91021b631f87fec8bd393c1af13f1c7778")]
    [InlineData("pixelaligned", "r18", 157, "c0f996e0172960c6cfd235df72b349f20888e3bd4943adcb4305fae5ce602548")]
    public void Drawn_weights_equal_those_of_the_python_rule(string system, string variant, int count, string sha256)
    {
        TensorMap tables = EmptyTables.Of(system, variant);

        TensorMap weights = Named.Network(system).Drawn(variant, "dev-0", tables);

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        int hashed = 0;
        foreach ((string name, Tensor tensor) in weights)
        {
            if (!tables.Contains(name) && tensor.Shape.Count <= LargestHashed)
            {
                hash.AppendData(Encoding.UTF8.GetBytes(name));
                hash.AppendData(tensor.Bytes);
                hashed++;
            }
        }

        Assert.Equal(count, hashed);
        Assert.Equal(sha256, Convert.ToHexStringLower(hash.GetHashAndReset()));
        Assert.All(tables, table => Assert.Same(table.Value, weights[table.Key]));
        Assert.Equal(variant, WeightManifest.Detect(HandSystems.Find(system).Manifests, weights.Contains).Variant);
    }

    [Theory]
    [InlineData("handdgp", "dev-0.safetensors", null)]
    [InlineData("mobrecon", "mobrecon-dsconv-dev-0.safetensors", "dsconv")]
    [InlineData("mobrecon", "mobrecon-spiralconv-dev-0.safetensors", "spiralconv")]
    public void The_formulas_of_handdgps_gains_give_the_stored_overrides(string system, string file, string? variant)
    {
        string? parity = Environment.GetEnvironmentVariable(CaseFolders.Variable);
        Assert.SkipWhen(parity is null, "HANDMESH_PARITY_DIR is not set");
        TensorMap stored = SafetensorsFile.Read(Path.Combine(parity!, "handdgp", file));

        TensorMap weights = Named.Network(system).Drawn(variant, stored.Metadata["seed"], EmptyTables.Of(system, variant));

        string[] overrides = [.. stored.Names.Where(name => name.StartsWith("override.", StringComparison.Ordinal))];
        Assert.NotEmpty(overrides);
        Assert.All(overrides, name => Assert.Equal(stored[name].Bytes, weights[name["override.".Length..]].Bytes));
    }

    [Fact]
    public void Sizes_that_the_mesh_decides_follow_the_tables()
    {
        var tables = new TensorMap("small mesh");
        tables.Add("faces", Tensor.From(new Shape(1, 3), 0, 1, 2));
        tables.Add("joint_regressor", new Tensor(DType.Float32, new Shape(21, 50)));

        TensorMap weights = Named.Network("handar").Drawn(null, "1", tables);

        Assert.Equal(new Shape(50, 256, 1), weights["mesh_net.conv_x.0.weight"].Shape);
        Assert.Equal(new Shape(50), weights["mesh_net.conv_z_2.0.bias"].Shape);
    }

    [Fact]
    public void Missing_and_contradicting_tables_are_refused_by_name()
    {
        Assert.Contains("lacks the table '", Refuse("handdgp", null, new TensorMap("nothing")));
        var wrong = new TensorMap("wrong");
        wrong.Add("level0.spiral", Tensor.From(new Shape(2, 9), new int[18]));
        wrong.Add("decoder3d.up_transform.0", new Tensor(DType.Float32, new Shape(3, 2)));
        Assert.Contains("'level0.spiral' is [2, 9] where [3 (V0), 9] is expected", Refuse("handdgp", null, wrong));
        Assert.Contains("no variant 'r34'; give one of r18, r50", Refuse("inceptiongraph", "r34", new TensorMap("nothing")));
        Assert.Contains("'nohand' is no system", Refuse("nohand", null, new TensorMap("nothing")));
    }

    private static string Refuse(string system, string? variant, TensorMap tables) =>
        Assert.Throws<ArgumentException>(() => Named.Network(system).Drawn(variant, "1", tables)).Message;
}
