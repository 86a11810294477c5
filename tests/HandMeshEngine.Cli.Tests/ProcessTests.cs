using System.Diagnostics;

namespace HandMeshEngine.Cli.Tests;

/// <summary>What only a process of its own shows: signals and closed streams.</summary>
public sealed class ProcessTests
{
    private static readonly string _command = Path.Combine(AppContext.BaseDirectory, "handmesh.dll");

    [Fact]
    public void An_interrupted_write_ends_with_130_and_leaves_no_file()
    {
        using var work = new Workspace();
        for (int attempt = 0; attempt < 5; attempt++)
        {
            using Process process = OtherProgram.Start("dotnet", [_command, "export", "--onnx", work["x.onnx"], "--system", "handar", "--weights", "random:1"]);
            while (!process.HasExited && Directory.GetFiles(work.Folder, "*.tmp").Length == 0)
            {
                Thread.Yield();
            }

            OtherProgram.Run("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
            process.WaitForExit();
            if (process.ExitCode == 130)
            {
                Assert.Empty(Directory.GetFiles(work.Folder));
                return;
            }

            Assert.Equal(0, process.ExitCode);
            File.Delete(work["x.onnx"]);
        }

        Assert.Skip("every write was faster than the signal");
    }

    [Theory]
    [InlineData("predict nowhere.jpg 2>&-", 3)]
    [InlineData("fly 2>&-", 2)]
    [InlineData("systems >/dev/full", 4)]
    public void Closed_and_full_streams_end_with_a_documented_code(string line, int expected)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "needs a Unix shell and /dev/full");
        (int exitCode, _) = OtherProgram.Run("sh", ["-c", $"dotnet '{_command}' {line}"]);

        Assert.Equal(expected, exitCode);
    }
}
