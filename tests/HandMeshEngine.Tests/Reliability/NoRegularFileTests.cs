using System.Diagnostics;
using HandMeshEngine.Verification;

namespace HandMeshEngine.Tests.Reliability;

/// <summary>A pipe that nobody writes to, or a device, in place of a file is refused at once; opening it would wait for ever.</summary>
public sealed class NoRegularFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("handmesh-pipe-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("pipe")]
    [InlineData("link to pipe")]
    [InlineData("device")]
    [InlineData("empty")]
    public void What_has_no_length_is_refused_as_picture_checkpoint_case_and_calibration(string kind)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no named pipes in folders");
        string path = Make(kind);

        Assert.Contains("empty, or is a pipe or a device", Assert.Throws<ImageException>(() => RgbImage.Load(path)).Message);
        Assert.Contains("empty, or is a pipe or a device", Assert.Throws<CheckpointException>(() => SafetensorsFile.Read(path)).Message);
        Assert.Contains("empty, or is a pipe or a device", Assert.Throws<CheckpointException>(() => ReferenceCase.Read(path)).Message);
        Assert.Contains(
            "empty, or is a pipe or a device",
            Assert.Throws<CheckpointException>(() => HandEstimator.Open(new EstimatorOptions { Device = "cpu", Weights = path })).Message);
        Assert.Contains("empty, or is a pipe or a device", Assert.Throws<FormatException>(() => CameraFile.Load(path)).Message);
    }

    private string Make(string kind)
    {
        string path = Path.Combine(_folder, "input");
        switch (kind)
        {
            case "device":
                return "/dev/zero";
            case "empty":
                File.WriteAllBytes(path, []);
                return path;
            default:
                using (var make = Process.Start("mkfifo", path))
                {
                    make.WaitForExit();
                }

                if (kind == "pipe")
                {
                    return path;
                }

                string link = Path.Combine(_folder, "link");
                File.CreateSymbolicLink(link, path);
                return link;
        }
    }
}
