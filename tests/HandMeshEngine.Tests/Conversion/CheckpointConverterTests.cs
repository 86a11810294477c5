using HandMeshEngine.Checkpoints.Keys;
using HandMeshEngine.Conversion;
using HandMeshEngine.Systems.Blocks;
using HandMeshEngine.Systems.HandDgp;
using HandMeshEngine.Tests.Checkpoints.Keys;

namespace HandMeshEngine.Tests.Conversion;

public sealed class CheckpointConverterTests
{
    [Fact]
    public void A_checkpoint_and_its_tables_become_one_file_that_the_system_accepts()
    {
        using var files = new TableFixtures();
        string transform = files.Transform(MeshHierarchy.Build(SyntheticHand.Mesh(), SpiralTables.Levels));
        string regressor = files.Npy("j_reg.npy", new Tensor(DType.Float32, new Shape(21, 778)));
        string checkpoint = files.PathOf("mobrecon.safetensors");
        SafetensorsFile.Write(checkpoint, FakeCheckpoint.Of("mobrecon", "dsconv", name => "module." + name));

        ConversionResult result = CheckpointConverter.Convert("mobrecon", [checkpoint], [transform, regressor]);
        string converted = files.PathOf("converted.safetensors");
        SafetensorsFile.Write(converted, result.Weights);
        TensorMap weights = SafetensorsFile.Read(converted);

        ManifestCheck.RequireConverted(HandSystems.Find("mobrecon").Manifests, weights);
        Assert.Equal("mobrecon", weights.Metadata["handmesh.system"]);
        Assert.Equal("dsconv", weights.Metadata["handmesh.variant"]);
        Assert.Equal("1", weights.Metadata["handmesh.format"]);
        Assert.Contains("MANO", weights.Metadata["handmesh.licence"]);
        Assert.Equal(
            $"mobrecon.safetensors sha256 {SourceFiles.Sha256(checkpoint)}; transform.pkl sha256 {SourceFiles.Sha256(transform)}; j_reg.npy sha256 {SourceFiles.Sha256(regressor)}",
            weights.Metadata["handmesh.sources"]);
        Assert.Equal(2, result.Notices.Count);
    }

    [Fact]
    public void Tables_that_only_the_output_needs_are_missed_in_a_notice()
    {
        using var files = new TableFixtures();
        string checkpoint = files.PathOf("mine.safetensors");
        SafetensorsFile.Write(checkpoint, FakeCheckpoint.Of("pixelaligned", "r18", name => name));

        ConversionResult result = CheckpointConverter.Convert("pixelaligned", [checkpoint], []);

        Assert.StartsWith("faces and joint_regressor are neither in the checkpoint nor in the tables", Assert.Single(result.Notices));
    }

    [Fact]
    public void Unknown_systems_and_wrong_numbers_of_files_are_the_callers_mistake()
    {
        Assert.Contains(
            "the systems are mediapipe-hand, handdgp, mobrecon, graphhand, handar, inceptiongraph, pixelaligned",
            Assert.Throws<ArgumentException>(() => CheckpointConverter.Convert("nohand", ["a"], [])).Message);
        Assert.Contains("no checkpoint", Assert.Throws<ArgumentException>(() => CheckpointConverter.Convert("handar", [], [])).Message);
        Assert.Contains("takes no tables", Assert.Throws<ArgumentException>(() => CheckpointConverter.Convert("mediapipe-hand", ["a", "b"], ["c"])).Message);
    }
}
