namespace HandMeshEngine.Cli.Tests;

/// <summary>The line that tells a terminal how far a long run is.</summary>
public sealed class ProgressTests : IDisposable
{
    private static readonly string _command = Path.Combine(AppContext.BaseDirectory, "handmesh.dll");

    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void A_terminal_sees_what_is_done_the_rate_and_the_time_left()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "needs script(1), which gives the command a terminal");
        Directory.CreateDirectory(_work["clip"]);
        for (int frame = 0; frame < 40; frame++)
        {
            File.Copy(Workspace.Photo, _work[$"clip/{frame}.jpg"]);
        }

        string line = $"dotnet '{_command}' predict --sequence '{_work["clip"]}' --fov 50 --device cpu --variant lite --out '{_work["out"]}'";
        (int exitCode, string output) = OtherProgram.Run("/usr/bin/script", ["-qec", line, "/dev/null"]);

        Assert.Equal(0, exitCode);
        Assert.Matches(@"\r[^\r\n]*\d+/40 frames  [0-9.]+/s  \d+ s left", output);

        // What comes after the line stands on a clean one.
        Assert.Matches(@"\u001b\[K[^\r]*clip: 40 frames", output);
    }
}
