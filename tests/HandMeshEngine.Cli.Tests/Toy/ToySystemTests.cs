using HandMeshEngine.Compute.Graph;

namespace HandMeshEngine.Cli.Tests.Toy;

/// <summary>An eighth system, made of this folder and one line (<see cref="Registry.Add"/>), through every verb of the command.</summary>
[Collection(nameof(ToySystemTests))]
[CollectionDefinition(nameof(ToySystemTests), DisableParallelization = true)]
public sealed class ToySystemTests : IDisposable
{
    private readonly Workspace _work = new();
    private readonly ToySystem _toy = new();
    private readonly IDisposable _registration;

    public ToySystemTests() => _registration = Registry.Add(_toy);

    public void Dispose()
    {
        _registration.Dispose();
        _work.Dispose();
    }

    [Fact]
    public void A_new_system_is_listed_and_leaves_with_its_registration()
    {
        Assert.Contains("A box that shows what a system needs", Run("systems"));

        _registration.Dispose();

        Assert.DoesNotContain("toy", Run("systems"));
    }

    [Fact]
    public void A_new_system_converts_a_checkpoint_and_its_file_is_inspected()
    {
        var checkpoint = new TensorMap("toy.pth");
        foreach ((string name, Tensor tensor) in _toy.Drawn(null, "1", ToyModel.Tables()).Where(pair => pair.Key.StartsWith("head", StringComparison.Ordinal)))
        {
            checkpoint.Add("module." + name, tensor);
        }

        SafetensorsFile.Write(_work["checkpoint.safetensors"], checkpoint);

        Run("convert", "toy", _work["checkpoint.safetensors"], "--out", _work["toy.safetensors"]);
        string listed = Run("inspect", _work["toy.safetensors"]);

        Assert.Contains("handmesh.licence = MIT", listed);
        Assert.Contains("head.weight", listed);
        Assert.Contains("joint_regressor", listed);
    }

    [Fact]
    public void A_new_system_predicts_a_mesh_with_stand_in_weights()
    {
        Run("predict", Workspace.Photo, "--system", "toy", "--weights", "random:1", "--device", "cpu", "--out", _work["out"], "--format", "obj");

        string[] lines = File.ReadAllLines(Directory.GetFiles(_work["out"], "*.obj").Single());
        Assert.Equal(8, lines.Count(line => line.StartsWith("v ", StringComparison.Ordinal)));
        Assert.Equal(12, lines.Count(line => line.StartsWith("f ", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_new_system_verifies_a_stored_case_and_sees_a_wrong_one()
    {
        TensorMap stored = StoredCase();
        SafetensorsFile.Write(_work["case.safetensors"], stored);
        stored["toy.vertices"].Span<float>()[3] += 0.5f;
        SafetensorsFile.Write(_work["wrong.safetensors"], stored);

        string report = Run("verify", "--reference", _work["case.safetensors"], "--device", "cpu");
        (int wrong, string output, _) = CommandRunner.Run("verify", "--reference", _work["wrong.safetensors"], "--device", "cpu");

        Assert.Contains("toy", report);
        Assert.Equal(1, wrong);
        Assert.Contains("box", output);
        Run("verify", "--system", "toy", "--weights", "random:1", "--device", "cpu", "--against", "reference");
    }

    [Fact]
    public void A_new_system_is_exported_as_ONNX()
    {
        Run("export", "--system", "toy", "--weights", "random:1", "--out", _work["toy.onnx"]);

        Assert.Contains("head.weight"u8.ToArray(), File.ReadAllBytes(_work["toy.onnx"]));
    }

    [Fact]
    public void A_new_system_is_two_classes_and_a_manifest_in_one_folder()
    {
        string folder = Path.Combine(Workspace.Repository, "tests", "HandMeshEngine.Cli.Tests", "Toy");

        Assert.Equal(
            ["ToyModel.cs", "ToySystem.cs", "ToySystemTests.cs", "toy.tensors"],
            Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        IEnumerable<string?> elsewhere = Directory
            .EnumerateFiles(Path.Combine(Workspace.Repository, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains("ToySystem", StringComparison.Ordinal));
        Assert.Empty(elsewhere);
    }

    // What the reference backend makes of the case's stand-in weights.
    private TensorMap StoredCase()
    {
        const int width = 64, height = 48;
        var stored = new TensorMap("case");
        stored.Metadata["seed"] = "toy-0";
        stored.Add("image", new Tensor(DType.UInt8, new Shape(height, width, 3), Synth.Image("toy-0", height, width)));
        HandModel model = _toy.Model(_toy.Drawn(null, "toy-0", ToyModel.Tables()));
        using Backend backend = Devices.Open("reference", 1);
        using Session session = backend.Open(model.Build(batch: 1), new SessionOptions());
        model.Prepare(ToyModel.View, session, 0);
        session.Run(new ImageView(stored["image"].Bytes, width, height, 3 * width, PixelFormat.Rgb));
        stored.Add("toy.vertices", Tensor.From(new Shape(1, 8, 3), session.Output("toy.vertices")));
        return stored;
    }

    private static string Run(params string[] args)
    {
        (int exitCode, string output, string errors) = CommandRunner.Run(args);
        Assert.True(exitCode == 0, errors + output);
        return output;
    }
}
