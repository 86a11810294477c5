using System.Diagnostics;

namespace HandMeshEngine.Cli.Tests;

/// <summary>A long sequence that is killed and goes on.</summary>
public sealed class InterruptedSequenceTests : IDisposable
{
    private const int Frames = 300;

    private static readonly int[] _bad = [0, 17, 18, 150, Frames - 1];
    private static readonly string _command = Path.Combine(AppContext.BaseDirectory, "handmesh.dll");

    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Three_hundred_frames_with_five_bad_ones_killed_and_resumed_give_the_same_lines_as_an_undisturbed_run()
    {
        string[] photos = ["fist", "hook", "pointing"];
        Directory.CreateDirectory(_work["clip"]);
        for (int frame = 0; frame < Frames; frame++)
        {
            byte[] photo = File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(Workspace.Photo)!, photos[frame / 40 % photos.Length] + ".jpg"));
            byte[] content = Array.IndexOf(_bad, frame) switch { < 0 => photo, 0 => [], 1 => photo[..3000], 2 => [.. "GIF89a"u8], 3 => [.. "not a picture"u8], _ => photo[..2] };
            File.WriteAllBytes(_work[$"clip/{frame}.jpg"], content);
        }

        Assert.Equal(3, CommandRunner.Run(Line("whole")).ExitCode);
        string[] whole = File.ReadAllLines(_work["whole/clip.jsonl"]);
        Assert.Equal(Frames, whole.Length);
        Assert.Equal(_bad, whole.Select((line, frame) => (line, frame)).Where(pair => pair.line.Contains("\"problem\"", StringComparison.Ordinal)).Select(pair => pair.frame));

        // Two kills at moments that no one chose, each while some frames are done.
        for (int round = 0; round < 2; round++)
        {
            using Process process = OtherProgram.Start("dotnet", [_command, .. Line("killed"), "--resume"]);
            int done = Done("killed/clip.jsonl");
            int wanted = done + Random.Shared.Next(5, 100);
            while (!process.HasExited && Done("killed/clip.jsonl") < wanted)
            {
                Thread.Sleep(1);
            }

            process.Kill();
            process.WaitForExit();
        }

        Assert.InRange(Done("killed/clip.jsonl"), 1, Frames - 1);
        (int exitCode, string output, _) = CommandRunner.Run([.. Line("killed"), "--resume"]);
        Assert.Equal(3, exitCode);
        Assert.Contains("of them were there", output);
        Assert.Equal(whole, File.ReadAllLines(_work["killed/clip.jsonl"]));
    }

    private string[] Line(string to) =>
        ["predict", "--sequence", _work["clip"], "--out", _work[to], "--variant", "lite", "--device", "cpu", "--fov", "50"];

    private int Done(string file)
    {
        try
        {
            return File.ReadAllText(_work[file]).Count(c => c == '\n');
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
