using HandMeshEngine.Verification;

namespace HandMeshEngine.Tests.Verification;

public sealed class VerifierTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("handmesh-verifier").FullName;
    private readonly Backend _backend = Devices.Open("cpu");

    private static string Committed => Path.Combine(CaseFolders.Repository!, "tests", "parity", "handdgp");

    public void Dispose()
    {
        _backend.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_wrong_weight_is_blamed_on_the_first_stage_that_shows_it()
    {
        ReferenceCase stored = ReferenceCase.Read(Path.Combine(Committed, "mobrecon-dsconv-dev-0.safetensors"));
        TensorMap weights = stored.Owner.CaseWeights(stored, seed: null);
        weights["decoder3d.de_layer.1.conv.channel_layer.weight"].Span<float>()[5] += 0.5f;

        VerificationReport report = Verifier.Run(stored, _backend, weights: weights);

        Assert.False(report.Passed);
        Assert.Equal(("mesh", "net.verts", "stage"), (report.FirstDiverging!.Stage, report.FirstDiverging.Name, report.FirstDiverging.Route));
        Assert.Contains("first diverging stage: mesh (net.verts, stage)", report.ToString());
        Assert.Contains(report.Tensors, tensor => tensor is { Name: "net.kpts2d", Passed: true });
    }

    [Fact]
    public void A_wrong_value_in_the_case_is_found()
    {
        TensorMap tensors = SafetensorsFile.Read(Path.Combine(Committed, "dgp-dev-0.safetensors"));
        tensors["t"].Span<double>()[7] += 1e-5;

        VerificationReport report = Verifier.Run(Written("dgp-dev-0", tensors), _backend);

        Assert.Equal("t", report.FirstDiverging!.Name);
        Assert.Equal([2, 1], report.FirstDiverging.Where);
    }

    [Fact]
    public void A_companion_that_is_missing_is_named()
    {
        TensorMap tensors = SafetensorsFile.Read(Path.Combine(Committed, "mobrecon-registration-dev-0.safetensors"));

        CheckpointException exception = Assert.Throws<CheckpointException>(
            () => Verifier.Run(Written("mobrecon-registration-other", tensors), _backend));

        Assert.Contains("'tables-dev-0.safetensors' beside it", exception.Message);
    }

    [Fact]
    public void A_case_with_a_tensor_of_another_shape_is_refused()
    {
        TensorMap tensors = SafetensorsFile.Read(Path.Combine(Committed, "dgp-dev-0.safetensors"));
        tensors.Set("K", new Tensor(DType.Float32, new Shape(1, 3, 3)));

        CheckpointException exception = Assert.Throws<CheckpointException>(() => Verifier.Run(Written("dgp", tensors), _backend));

        Assert.Contains("handdgp", exception.Message);
    }

    [Fact]
    public void A_file_that_is_no_case_is_refused()
    {
        var tensors = new TensorMap("x");
        tensors.Add("weight", new Tensor(DType.Float32, new Shape(1)));

        Assert.Contains("no parity case", Assert.Throws<CheckpointException>(() => Written("x", tensors)).Message);
    }

    [Theory]
    [InlineData("480")]
    [InlineData("480x")]
    [InlineData("480x-1")]
    [InlineData("99999x99999")]
    public void An_image_size_that_is_none_is_refused(string size)
    {
        TensorMap tensors = SafetensorsFile.Read(Path.Combine(Committed, "mobrecon-dsconv-dev-0.safetensors"));
        tensors.Metadata["image"] = size;
        ReferenceCase stored = Written("mobrecon-dsconv-dev-0", tensors);

        Assert.Contains($"image = '{size}'", Assert.Throws<CheckpointException>(() => stored.Image("input.image")).Message);
    }

    private ReferenceCase Written(string name, TensorMap tensors)
    {
        string path = Path.Combine(_folder, name + ".safetensors");
        SafetensorsFile.Write(path, tensors);
        return ReferenceCase.Read(path);
    }
}
