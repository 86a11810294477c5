using System.Runtime.Intrinsics.X86;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace HandMeshEngine.Cli.Tests;

/// <summary>The archive that people unpack: the command compiled ahead of time.</summary>
[Collection(OneBuild.Name)]
public sealed class PublishTests : IDisposable
{
    private static readonly string[] _formats = ["jpg", "png", "webp", "bmp", "tiff", "tga", "gif", "pbm"];

    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void The_unpacked_command_gives_the_same_bytes_reads_every_format_and_refuses_a_build_that_is_not_there()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Avx2.IsSupported, "the archive is tried on x86-64 Linux with AVX2");
        Assert.SkipUnless(OtherProgram.Run("clang", ["--version"]).ExitCode == 0, "needs clang and zlib (Debian: clang zlib1g-dev)");
        string variant = Avx512F.IsSupported ? "v4" : "v3";
        (int exitCode, string output) = OtherProgram.Run(Path.Combine(Workspace.Repository, "tools", "publish"), ["--to", _work["made"], "--variant", variant], Workspace.Repository);
        Assert.True(exitCode == 0, output);
        OtherProgram.Run("tar", ["-xzf", Assert.Single(Directory.GetFiles(_work["made"], "*.tar.gz")), "-C", _work.Folder]);
        string command = Path.Combine(Assert.Single(Directory.GetDirectories(_work.Folder, "handmesh-*")), "handmesh");

        // By a link, as it would be installed.
        File.CreateSymbolicLink(_work["handmesh"], command);
        (exitCode, output) = OtherProgram.Run(_work["handmesh"], ["predict", Workspace.Photo, "--device", "cpu", "--out", _work["native"]]);
        Assert.True(exitCode == 0, output);
        Assert.Equal(0, CommandRunner.Run("predict", Workspace.Photo, "--device", "cpu", "--out", _work["managed"]).ExitCode);
        foreach (string file in new[] { "pointing.glb", "pointing.overlay.png" })
        {
            Assert.Equal(File.ReadAllBytes(_work["managed/" + file]), File.ReadAllBytes(_work["native/" + file]));
        }

        ReadEveryFormat();
        (exitCode, output) = OtherProgram.Run(command, ["systems"], null, ("HANDMESH_BUILD", "v2"));
        Assert.Equal(4, exitCode);
        Assert.Contains("HANDMESH_BUILD", output);
    }

    private void ReadEveryFormat()
    {
        using (SixLabors.ImageSharp.Image<Rgb24> photo = SixLabors.ImageSharp.Image.Load<Rgb24>(Workspace.Photo))
        {
            foreach (string format in _formats)
            {
                photo.Save(_work[$"photo.{format}"]);
            }
        }

        string[] files = [.. _formats.Select(format => _work[$"photo.{format}"])];
        (int exitCode, string output) = OtherProgram.Run(
            _work["handmesh"], ["predict", .. files, "--device", "cpu", "--variant", "lite", "--no-overlay", "--format", "json", "--out", _work["all"]]);
        Assert.True(exitCode == 0, output);
        Assert.Contains($"{_formats.Length} photos, hands in {_formats.Length}", output);
    }
}
