using HandMeshEngine.Verification;

namespace HandMeshEngine.Cli.Tests;

public sealed class VerifyTests
{
    private static readonly string _cases = Path.Combine(Workspace.Repository, "tests", "parity");

    public static TheoryData<string> Committed
    {
        get
        {
            var data = new TheoryData<string>();
            foreach (string folder in Directory.EnumerateDirectories(_cases).Where(folder => Path.GetFileName(folder) is not ("tables" or "frames")).Order(StringComparer.Ordinal))
            {
                foreach (string file in Directory.EnumerateFiles(folder, "*.safetensors").Order(StringComparer.Ordinal))
                {
                    data.Add(Path.GetRelativePath(_cases, file));
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Committed))]
    public void Every_committed_case_passes(string path)
    {
        (int exitCode, string output, string errors) = CommandRunner.Run("verify", "--reference", Path.Combine(_cases, path), "--device", "cpu");

        Assert.True(exitCode == 0, output + errors);
        Assert.Matches("all [0-9]+ comparisons passed", output);
    }

    [Theory]
    [InlineData("handdgp/mobrecon-dsconv-dev-0", "backbone.uv_reg.2.0.weight", "keypoints")]
    [InlineData("inceptiongraph/dev-0", "mesh_decoder.head.weight", "mesh_decoder")]
    [InlineData("handar/dev-0", "mesh_net.conv_z_2.0.weight", "mesh_heads")]
    public void One_weight_that_is_off_by_a_hundredth_is_blamed_on_its_stage(string name, string weight, string stage)
    {
        using var work = new Workspace();
        string path = Path.Combine(_cases, name + ".safetensors");
        TensorMap weights = Verifier.StandInWeights(ReferenceCase.Read(path));
        Span<float> values = weights[weight].Span<float>();
        int largest = 0;
        for (int i = 0; i < values.Length; i++)
        {
            largest = Math.Abs(values[i]) > Math.Abs(values[largest]) ? i : largest;
        }

        values[largest] *= 1.01f;
        SafetensorsFile.Write(work["w.safetensors"], weights);

        (int exitCode, string output, _) = CommandRunner.Run(
            "verify", "--reference", path, "--weights", work["w.safetensors"], "--device", "cpu", "--json");

        Assert.Equal(1, exitCode);
        using JsonDocument json = JsonDocument.Parse(output);
        Assert.False(json.RootElement.GetProperty("passed").GetBoolean());
        Assert.Equal(stage, json.RootElement.GetProperty("firstDivergingStage").GetString());
    }

    [Fact]
    public void A_failure_says_which_tolerance_would_have_passed_and_draws_the_errors()
    {
        using var work = new Workspace();
        (int exitCode, string output, _) = CommandRunner.Run(
            "verify", "--reference", Path.Combine(_cases, "handdgp/mobrecon-dsconv-dev-0.safetensors"), "--weights", "random:other", "--device", "cpu", "--heat", work["heat.png"]);

        Assert.Equal(1, exitCode);
        output = CommandRunner.Unwrap(output);
        Assert.Contains("first diverging stage: ", output);
        Assert.Contains("it would have passed with a tolerance of", output);
        Assert.True(new FileInfo(work["heat.png"]).Length > 20_000);
    }

    [Fact]
    public void Two_devices_are_compared_without_a_case()
    {
        (int exitCode, string output, string errors) = CommandRunner.Run("verify", "--variant", "lite", "--device", "cpu", "--against", "cpu");

        Assert.True(exitCode == 0, output + errors);
        Assert.Contains("hand.heads/world", output);
    }

    [Fact]
    public void Two_devices_that_differ_by_more_than_the_tolerance_give_exit_code_1()
    {
        (int exitCode, string output, _) = CommandRunner.Run(
            "verify", "--variant", "lite", "--device", "cpu", "--against", "reference", "--tolerance", "1e-12");

        Assert.Equal(1, exitCode);
        Assert.Contains("first diverging stage: ", output);
    }

    [Theory]
    [InlineData("is a case of handdgp, but --system says handar", 3, "--reference", "handdgp/dev-0.safetensors", "--system", "handar")]
    [InlineData("give a case to compare with", 2)]
    [InlineData("give --reference, or --against", 2, "--reference", "handdgp/dev-0.safetensors", "--against", "cpu")]
    [InlineData("cannot be opened", 3, "--reference", "handdgp")]
    [InlineData("cannot be opened", 3, "--reference", "nowhere.safetensors")]
    [InlineData("compares no whole mesh", 3, "--reference", "handdgp/dgp-dev-0.safetensors", "--heat", "x.png")]
    public void Bad_input_gets_one_sentence(string sentence, int expected, params string[] arguments)
    {
        string[] resolved = [.. arguments.Select((argument, i) => i > 0 && arguments[i - 1] == "--reference" ? Path.Combine(_cases, argument) : argument)];

        (int exitCode, _, string errors) = CommandRunner.Run(["verify", "--device", "cpu", .. resolved]);

        Assert.Equal(expected, exitCode);
        Assert.Contains(sentence, errors);
        Assert.Single(errors.Trim().Split('\n'));
    }

    [Fact]
    public void Weights_of_another_system_are_refused()
    {
        string weights = Path.Combine(AppContext.BaseDirectory, "weights", "mediapipe-hand-lite.safetensors");
        (int exitCode, _, string errors) = CommandRunner.Run(
            "verify", "--device", "cpu", "--reference", Path.Combine(_cases, "handdgp", "dev-0.safetensors"), "--weights", weights);

        Assert.Equal(3, exitCode);
        Assert.Contains("holds weights of mediapipe-hand", errors);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_reference_that_is_not_finite_is_refused(float value)
    {
        using var work = new Workspace();
        TensorMap tensors = SafetensorsFile.Read(Path.Combine(_cases, "handdgp", "dgp-dev-0.safetensors"));
        tensors["kpts3d"].Span<float>()[5] = value;
        SafetensorsFile.Write(work["dgp-dev-0.safetensors"], tensors);

        (int exitCode, _, string errors) = CommandRunner.Run("verify", "--device", "cpu", "--reference", work["dgp-dev-0.safetensors"]);

        Assert.Equal(3, exitCode);
        Assert.Contains("'kpts3d': the reference holds", errors);
        Assert.Contains("at flat index 5", errors);
    }

    [Fact]
    public void A_reference_without_a_tensor_that_the_checks_need_is_refused()
    {
        using var work = new Workspace();
        TensorMap tensors = SafetensorsFile.Read(Path.Combine(_cases, "mediapipe-hand", "fist.safetensors"));
        var fewer = new TensorMap("fewer");
        foreach ((string name, Tensor tensor) in tensors.Where(pair => pair.Key != "K"))
        {
            fewer.Add(name, tensor);
        }

        SafetensorsFile.Write(work["fist.safetensors"], fewer);
        (int exitCode, _, string errors) = CommandRunner.Run("verify", "--device", "cpu", "--reference", work["fist.safetensors"]);

        Assert.Equal(3, exitCode);
        Assert.Contains("no tensor 'K'", errors);
    }
}
