namespace HandMeshEngine.Cli.Tests;

public sealed class OtherVerbTests
{
    [Fact]
    public void Systems_lists_every_system_with_accuracy_speed_and_terms()
    {
        (int exitCode, string output, _) = CommandRunner.Run("systems");
        Assert.Equal(0, exitCode);
        output = CommandRunner.Unwrap(output);
        foreach (HandSystem system in HandSystems.All)
        {
            Assert.Contains(system.Id, output);
            Assert.Contains(system.Accuracy, output);
            Assert.Contains(system.Speed, output);
            Assert.Contains(system.Terms, output);
        }
    }

    [Fact]
    public void Doctor_says_what_will_be_used_and_why_not_the_rest()
    {
        (int exitCode, string output, _) = CommandRunner.Run("doctor");
        Assert.Equal(0, exitCode);
        Assert.Contains("cuda", output);
        Assert.Contains("cpu    yes", output);
        Assert.Contains("--device auto uses", output);
        Assert.DoesNotContain("missing, expected", output);
    }

    [Fact]
    public void Inspect_lists_tensors_and_metadata()
    {
        string weights = Path.Combine(AppContext.BaseDirectory, "weights", "mediapipe-hand-lite.safetensors");
        (int exitCode, string output, _) = CommandRunner.Run("inspect", weights);
        Assert.Equal(0, exitCode);
        Assert.Contains("handmesh.system = mediapipe-hand", output);
        Assert.Contains("palm.op0.w", output);
        Assert.Contains("[32, 5, 5, 3]", output);
    }

    [Fact]
    public void Inspect_prints_the_compiled_plans()
    {
        string weights = Path.Combine(AppContext.BaseDirectory, "weights", "mediapipe-hand-lite.safetensors");
        (int exitCode, string output, _) = CommandRunner.Run("inspect", weights, "--plan", "--device", "cpu");
        Assert.Equal(0, exitCode);
        Assert.Contains("plan palm on cpu", output);
        Assert.Contains("plan hand on cpu", output);
    }

    [Fact]
    public void Convert_refuses_a_foreign_file_and_writes_nothing()
    {
        using var work = new Workspace();
        File.WriteAllText(work["a.tflite"], "no flatbuffer");
        (int exitCode, _, string errors) = CommandRunner.Run("convert", "mediapipe-hand", work["a.tflite"], work["a.tflite"], "-o", work["o.safetensors"]);
        Assert.Equal(3, exitCode);
        Assert.Contains("a.tflite", errors);
        Assert.False(File.Exists(work["o.safetensors"]));
    }

    [Fact]
    public void Without_a_verb_the_command_says_how_to_go_on()
    {
        (int exitCode, _, string errors) = CommandRunner.Run();
        Assert.Equal(2, exitCode);
        Assert.Contains("--help", errors);
    }

    [Theory]
    [InlineData(2, "'fly' is no verb; see handmesh --help", "fly")]
    [InlineData(2, "Option '--out' is required; see handmesh convert --help", "convert", "handar")]
    [InlineData(3, "nowhere.pth: the file cannot be opened (there is no such file; check the path)", "convert", "handar", "nowhere.pth", "-o", "{out}")]
    [InlineData(3, "the file cannot be opened (it is a folder; give the path of one file)", "inspect", "{folder}")]
    [InlineData(4, "there is no such folder", "convert", "handar", "a.pth", "-o", "{folder}/none/out.safetensors")]
    [InlineData(4, "there is no such folder", "export", "--onnx", "{folder}/none/x.onnx")]
    [InlineData(4, "this is a folder; give the name of a file", "export", "--onnx", "{folder}")]
    [InlineData(2, "--onnx is empty", "export", "--onnx", "")]
    [InlineData(2, "'tpu' is no device", "export", "--onnx", "{out}", "--device", "tpu")]
    [InlineData(2, "--arch sm_1 is no architecture", "compile", "--arch", "sm_1", "--out", "{folder}")]
    [InlineData(2, "--tolerance -1 must be a number of 0 or more", "verify", "--against", "cpu", "--device", "cpu", "--tolerance", "-1")]
    public void A_mistake_gets_one_sentence_and_leaves_no_file(int expected, string sentence, params string[] arguments)
    {
        using var work = new Workspace();
        string[] line = [.. arguments.Select(argument => argument.Replace("{folder}", work.Folder).Replace("{out}", work["out"]))];
        (int exitCode, string output, string errors) = CommandRunner.Run(line);

        Assert.Equal(expected, exitCode);
        Assert.Contains(sentence, errors);
        Assert.Single(errors.Trim().Split('\n'));
        Assert.Empty(output);
        Assert.Empty(Directory.GetFileSystemEntries(work.Folder));
    }
}
