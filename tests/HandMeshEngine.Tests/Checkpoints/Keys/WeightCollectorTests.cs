using HandMeshEngine.Checkpoints.Keys;
using HandMeshEngine.Tests.Systems;

namespace HandMeshEngine.Tests.Checkpoints.Keys;

public sealed class WeightCollectorTests
{
    public static TheoryData<string, string> Variants => new()
    {
        { "handdgp", "default" }, { "handdgp", "r101" }, { "mobrecon", "dsconv" }, { "mobrecon", "spiralconv" }, { "graphhand", "default" }, { "handar", "default" },
        { "inceptiongraph", "r18" }, { "inceptiongraph", "r50" }, { "pixelaligned", "r18" }, { "pixelaligned", "r50" },
    };

    [Theory]
    [MemberData(nameof(Variants))]
    public void The_authors_names_are_taken_as_they_are_and_the_variant_is_told_by_them(string system, string variant)
    {
        (WeightManifest manifest, TensorMap weights, List<string> notices) = Collect(system, FakeCheckpoint.Of(system, variant, name => name));

        Assert.Equal(variant, manifest.Variant);
        Assert.Equal(manifest.Entries.Select(entry => entry.Name), weights.Names);
        Assert.Empty(notices);
    }

    [Theory]
    [InlineData("handdgp", "default", "model.")]
    [InlineData("mobrecon", "dsconv", "module.")]
    [InlineData("handar", "default", "module.")]
    [InlineData("inceptiongraph", "r18", "network.")]
    [InlineData("pixelaligned", "r18", "module.model.")]
    public void Prefixes_of_wrappers_are_taken_off(string system, string variant, string prefix)
    {
        (_, TensorMap weights, List<string> notices) = Collect(system, FakeCheckpoint.Of(system, variant, name => prefix + name));

        Assert.Equal(Named.Manifest(system, variant).Entries.Count, weights.Count);
        Assert.Empty(notices);
    }

    [Fact]
    public void Handdgps_deeper_backbone_has_seventeen_more_units_in_its_third_layer()
    {
        string[] shallow = [.. Named.Manifest("handdgp", "default").Entries.Select(entry => entry.Name)];
        string[] more = [.. Named.Manifest("handdgp", "r101").Entries.Select(entry => entry.Name).Except(shallow)];

        Assert.Equal(17 * 15, more.Length);
        Assert.Equal(Enumerable.Range(6, 17).Select(unit => $"backbone.layer3.{unit}"), more.Select(name => string.Join('.', name.Split('.')[..3])).Distinct());
    }

    [Fact]
    public void Handdgp_loses_every_occurrence_of_model()
    {
        TensorMap file = FakeCheckpoint.Of("handdgp", "default", name => name.Replace("decoder3d.", "model.decoder3d.model.", StringComparison.Ordinal));

        Assert.Empty(Collect("handdgp", file).Notices);
    }

    [Fact]
    public void The_older_name_of_mobrecons_reduction_is_known()
    {
        TensorMap file = FakeCheckpoint.Of("mobrecon", "spiralconv", name => name.Replace("backbone.reduce.0.", "backbone.conv.0.", StringComparison.Ordinal));

        Assert.True(Collect("mobrecon", file).Weights.Contains("backbone.reduce.0.weight"));
    }

    [Fact]
    public void The_three_files_of_graphhand_are_told_apart_by_their_keys()
    {
        TensorMap[] files = [.. ((string[])["net_mesh_pose.", "net_hm.", "net_feat_mesh."]).Select(part => FakeCheckpoint.Of(
            "graphhand", "default", name => name.StartsWith(part, StringComparison.Ordinal) ? "module." + name[part.Length..] : null))];

        (_, TensorMap weights, List<string> notices) = Collect("graphhand", files);

        Assert.Equal(Named.Manifest("graphhand", "default").Entries.Count, weights.Count);
        Assert.Empty(notices);
    }

    [Fact]
    public void Everything_that_is_wrong_is_reported_at_once_with_nearest_names()
    {
        TensorMap file = FakeCheckpoint.Of("inceptiongraph", "r18", name => name switch
        {
            "encoder.conv1.weight" => "encoder.conv_1.weight",
            "joint_mlp.fc1.bias" => null,
            _ => name,
        });
        file.Set("encoder.bn1.weight", FakeCheckpoint.Zeros(65));
        file.Set("encoder.bn1.bias", Tensor.From(new Shape(64), new int[64]));
        file.Set("joint_mlp.fc2.bias", Tensor.From(new Shape(2), 1f, float.NaN));

        string message = Assert.Throws<CheckpointException>(() => Collect("inceptiongraph", file)).Message;

        Assert.Contains("2 tensors are missing, 3 do not fit, 1 are unknown", message);
        Assert.Contains("missing: 'encoder.conv1.weight' [64, 3, 7, 7] (is it 'encoder.conv_1.weight'?)", message);
        Assert.Contains("missing: 'joint_mlp.fc1.bias' [32]", message);
        Assert.Contains("'encoder.bn1.weight' is [65] where [64] is expected", message);
        Assert.Contains("'encoder.bn1.bias' holds Int32 where floats are expected", message);
        Assert.Contains("'joint_mlp.fc2.bias' holds values that are not finite numbers", message);
        Assert.Contains("unknown: 'encoder.conv_1.weight'", message);
    }

    [Fact]
    public void Extra_tensors_give_one_notice_and_unused_heads_none()
    {
        TensorMap file = FakeCheckpoint.Of("handar", "default", name => name);
        file.Add("segmentation_net.conv.weight", FakeCheckpoint.Zeros(1));
        file.Add("mesh_backbone.conv1.weight", FakeCheckpoint.Zeros(1));
        file.Add("gcn.head.bn.num_batches_tracked", Tensor.From(Shape.Scalar, 1L));
        file.Add("optimizer.state.exp_avg", FakeCheckpoint.Zeros(1));
        for (int i = 0; i < 20; i++)
        {
            file.Add($"auxiliary.{i}", FakeCheckpoint.Zeros(1));
        }

        string notice = Assert.Single(Collect("handar", file).Notices);

        Assert.Equal(
            "fake.pth: 20 entries are not part of the system and were ignored: auxiliary.0, auxiliary.1, auxiliary.2, auxiliary.3, auxiliary.4, auxiliary.5, auxiliary.6, auxiliary.7 and 12 more",
            notice);
    }

    [Fact]
    public void Optional_weights_may_be_missing_but_not_half_of_a_layer()
    {
        TensorMap without = FakeCheckpoint.Of("pixelaligned", "r18", name => name.StartsWith("weak_camera.", StringComparison.Ordinal) ? null : name);
        TensorMap half = FakeCheckpoint.Of("pixelaligned", "r18", name => name == "weak_camera.fc.bias" ? null : name);

        Assert.False(Collect("pixelaligned", without).Weights.Contains("weak_camera.fc.weight"));
        Assert.Contains("missing: 'weak_camera.fc.bias'", Assert.Throws<CheckpointException>(() => Collect("pixelaligned", half)).Message);
    }

    [Fact]
    public void A_mesh_of_another_size_passes_and_contradicting_sizes_do_not()
    {
        TensorMap file = FakeCheckpoint.Of("handar", "default", name => name);
        foreach (string axis in (string[])["x", "y", "z_2"])
        {
            file.Set($"mesh_net.conv_{axis}.0.weight", FakeCheckpoint.Zeros(1000, 256, 1));
            file.Set($"mesh_net.conv_{axis}.0.bias", FakeCheckpoint.Zeros(1000));
        }

        TensorMap tables = EmptyTables.Of("handar", "default");
        tables.Set("joint_regressor", FakeCheckpoint.Zeros(21, 1000));

        Assert.Equal(1000, CollectWith(tables, "handar", file).Weights["mesh_net.conv_x.0.bias"].Shape.Count);
        Assert.Contains(
            "'joint_regressor' is [21, 778] where [21, 1000 (V)] is expected",
            Assert.Throws<CheckpointException>(() => Collect("handar", file)).Message);
    }

    [Fact]
    public void Tables_repeated_along_a_batch_axis_lose_it_and_doubles_become_floats()
    {
        TensorMap file = FakeCheckpoint.Of("handdgp", "default", name => name);
        file.Set("decoder3d.up_transform.3", FakeCheckpoint.Zeros(96, 98, 49));
        file.Set("j_reg", FakeCheckpoint.Zeros(96, 21, 778));
        file.Set("decoder2d_latent.bias", Tensor.From(new Shape(21), Enumerable.Range(0, 21).Select(i => (double)i).ToArray()));

        TensorMap weights = Collect("handdgp", file).Weights;

        Assert.Equal(new Shape(98, 49), weights["decoder3d.up_transform.3"].Shape);
        Assert.Equal(new Shape(1, 21, 778), weights["j_reg"].Shape);
        Assert.Equal(20f, weights["decoder2d_latent.bias"].Span<float>()[20]);
    }

    [Fact]
    public void The_facts_that_a_trainer_stored_stay_with_the_weights()
    {
        TensorMap file = FakeCheckpoint.Of("pixelaligned", "r18", name => name);
        file.Metadata["heads"] = "8";
        file.Metadata["handmesh.variant"] = "r50";

        TensorMap weights = Collect("pixelaligned", file).Weights;

        Assert.Equal("8", weights.Metadata["heads"]);
        Assert.False(weights.Metadata.ContainsKey("handmesh.variant"));
    }

    [Fact]
    public void Values_beyond_float16_are_noticed()
    {
        TensorMap file = FakeCheckpoint.Of("handdgp", "default", name => name);
        file.Set("decoderw.4.bias", Tensor.From(new Shape(21), [.. Enumerable.Repeat(70000f, 21)]));

        Assert.Contains("--precision fp32", Assert.Single(Collect("handdgp", file).Notices));
    }

    [Fact]
    public void Two_entries_for_one_tensor_are_refused()
    {
        TensorMap file = FakeCheckpoint.Of("handar", "default", name => name);
        file.Add("module.pose_backbone.conv1.weight", FakeCheckpoint.Zeros(64, 3, 7, 7));

        Assert.Contains("both mean 'pose_backbone.conv1.weight'", Assert.Throws<CheckpointException>(() => Collect("handar", file)).Message);
    }

    [Theory]
    [InlineData("mediapipe-hand", "full")]
    [InlineData("mediapipe-hand", "lite")]
    public void The_shipped_weights_pass_the_check_of_converted_files(string system, string variant)
    {
        TensorMap weights = SafetensorsFile.Read(Path.Combine(Repository.Root, "weights", $"{system}-{variant}.safetensors"));
        ManifestCheck.RequireConverted(HandSystems.Find(system).Manifests, weights);
        var damaged = new TensorMap("damaged.safetensors");
        foreach ((string name, Tensor tensor) in weights)
        {
            damaged.Add(name == "hand.op0.w" ? "hand.op0.weight" : name, name == "palm.op0.b" ? FakeCheckpoint.Zeros(31) : tensor);
        }

        string message = Assert.Throws<CheckpointException>(() => ManifestCheck.RequireConverted(HandSystems.Find(system).Manifests, damaged)).Message;

        Assert.Contains("missing: 'hand.op0.w' [24, 3, 3, 3] (is it 'hand.op0.weight'?)", message);
        Assert.Contains("'palm.op0.b' is [31] where [32] is expected", message);
        Assert.Contains("unknown: 'hand.op0.weight'", message);
    }

    private static (WeightManifest Manifest, TensorMap Weights, List<string> Notices) Collect(string system, params TensorMap[] files) =>
        CollectWith(EmptyTables.Of(system, HandSystems.Find(system).Variants[0]), system, files);

    private static (WeightManifest Manifest, TensorMap Weights, List<string> Notices) CollectWith(TensorMap tables, string system, params TensorMap[] files)
    {
        var notices = new List<string>();
        (WeightManifest manifest, TensorMap weights) = Named.Network(system).Collect([.. files.Select(CheckpointSource.FromTensors)], tables, notices);
        return (manifest, weights, notices);
    }
}
