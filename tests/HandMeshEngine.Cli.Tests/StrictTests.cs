namespace HandMeshEngine.Cli.Tests;

/// <summary>Files with a flaw behind their last pixel.</summary>
public sealed class StrictTests : IDisposable
{
    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void A_flaw_is_a_note_and_with_strict_a_refusal()
    {
        File.WriteAllBytes(_work["cut.jpg"], File.ReadAllBytes(Workspace.Photo)[..^2]);
        string[] line = ["predict", _work["cut.jpg"], "--fov", "50", "--variant", "lite", "--no-overlay", "--out", _work["out"]];

        (int exitCode, string output, string errors) = CommandRunner.Run(line);
        Assert.Equal(0, exitCode);
        Assert.Contains("cut.glb", output);
        Assert.Contains("note: " + _work["cut.jpg"], errors);
        Directory.Delete(_work["out"], recursive: true);

        (exitCode, _, errors) = CommandRunner.Run([.. line, "--strict"]);
        Assert.Equal(3, exitCode);
        Assert.Contains(_work["cut.jpg"], errors);
        Assert.False(File.Exists(_work["out/cut.glb"]));
    }
}
