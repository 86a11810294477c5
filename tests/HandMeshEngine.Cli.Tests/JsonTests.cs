namespace HandMeshEngine.Cli.Tests;

/// <summary><c>--json</c>: one document on standard output, whatever the verb.</summary>
public sealed class JsonTests : IDisposable
{
    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Systems_are_listed_with_what_they_need()
    {
        using JsonDocument systems = Read("systems", "--json");

        Assert.Equal(HandSystems.All.Select(system => system.Id), systems.RootElement.EnumerateArray().Select(system => system.GetProperty("id").GetString()));
        Assert.Single(systems.RootElement.EnumerateArray(), system => system.GetProperty("default").GetBoolean());
    }

    [Fact]
    public void Doctor_names_the_device_that_will_be_used()
    {
        using JsonDocument report = Read("doctor", "--json");

        Assert.Contains(
            report.RootElement.GetProperty("devices").EnumerateArray(),
            device => device.GetProperty("name").GetString() == report.RootElement.GetProperty("auto").GetString() && device.GetProperty("usable").GetBoolean());
        Assert.True(File.Exists(report.RootElement.GetProperty("defaultWeights").GetProperty("lite").GetString()));
    }

    [Fact]
    public void A_conversion_says_what_it_wrote()
    {
        string weights = Path.Combine(Workspace.Repository, "weights", "mediapipe-hand-lite.safetensors");
        string? parity = Environment.GetEnvironmentVariable("HANDMESH_PARITY_DIR");
        Assert.SkipWhen(parity is null, "needs the large parity set, which has .tflite models; set HANDMESH_PARITY_DIR");
        string models = Path.Combine(parity!, "mediapipe-hand", "models");
        using JsonDocument report = Read(
            ["convert", HandSystems.Default.Id, Path.Combine(models, "palm_detection_lite.tflite"), Path.Combine(models, "hand_landmark_lite.tflite"), "--json", "--out", _work["lite.safetensors"]]);

        Assert.Equal(_work["lite.safetensors"], report.RootElement.GetProperty("file").GetString());
        using JsonDocument listing = Read("inspect", "--json", weights);
        Assert.Equal(listing.RootElement.GetProperty("tensors").GetArrayLength(), report.RootElement.GetProperty("tensors").GetInt32());
    }

    [Fact]
    public void A_measured_hand_is_a_number()
    {
        using JsonDocument report = Read("measure", Workspace.Photo, "--knuckles", "0.07", "--json", "--variant", "lite");

        double size = report.RootElement.GetProperty("handSize").GetDouble();
        Assert.Equal(size, Assert.Single(report.RootElement.GetProperty("images").EnumerateArray()).GetProperty("handSize").GetDouble());
        Assert.True(size > 0);
    }

    private static JsonDocument Read(params string[] arguments)
    {
        (int exitCode, string output, _) = CommandRunner.Run(arguments);
        Assert.Equal(0, exitCode);
        return JsonDocument.Parse(output);
    }
}
