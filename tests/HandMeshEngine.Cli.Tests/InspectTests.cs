using System.IO.Compression;

namespace HandMeshEngine.Cli.Tests;

/// <summary>What <c>inspect</c> lists of every kind of file that <c>convert</c> reads.</summary>
public sealed class InspectTests : IDisposable
{
    private static readonly string _files = Path.Combine(Workspace.Repository, "tests", "corpora", "checkpoints");

    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("zip.pth", "conv.weight", "Float32", "[2, 3, 2, 2]", 96)]
    [InlineData("legacy.pth", "conv.bias", "Float64", "[2]", 16)]
    [InlineData("tar.pth", "bn.num_batches_tracked", "Int64", "[]", 8)]
    [InlineData("lightning.ckpt", "model.half", "Float16", "[3]", 6)]
    [InlineData("c_f8.npy", "array", "Float64", "[2, 3]", 48)]
    [InlineData("mano.pkl", "v_template", "Float64", "[4, 3]", 96)]
    [InlineData("protocol0.pkl", "a", "Int32", "[2, 3]", 24)]
    public void A_file_of_each_kind_lists_its_tensors_with_type_shape_and_bytes(string file, string name, string type, string shape, int bytes)
    {
        (int exitCode, string output, string errors) = CommandRunner.Run("inspect", Path.Combine(_files, file));

        Assert.Equal((0, string.Empty), (exitCode, errors));
        string line = Assert.Single(output.Split('\n'), row => row.StartsWith(name + " ", StringComparison.Ordinal));
        Assert.Matches($@"^{Regex.Escape(name)} +{type} +{Regex.Escape(shape)} +{bytes}$", line.TrimEnd());
    }

    [Fact]
    public void Entries_that_are_no_tensors_are_named()
    {
        (int exitCode, string output, _) = CommandRunner.Run("inspect", Path.Combine(_files, "transform.pkl"));

        Assert.Equal(0, exitCode);
        Assert.Contains("4 entries that are no tensors: vertices (a list), face (a list)", output);
    }

    [Fact]
    public void Arrays_of_a_numpy_archive_have_the_names_that_numpy_gives_them()
    {
        using (ZipArchive archive = ZipFile.Open(_work["arrays.npz"], ZipArchiveMode.Create))
        {
            archive.CreateEntryFromFile(Path.Combine(_files, "c_f8.npy"), "vertices.npy", CompressionLevel.NoCompression);
            archive.CreateEntryFromFile(Path.Combine(_files, "u4.npy"), "layer.weight.npy", CompressionLevel.NoCompression);
        }

        string output = CommandRunner.Run("inspect", _work["arrays.npz"], "--json").Output;
        using JsonDocument list = JsonDocument.Parse(output);
        Assert.Equal(
            ["vertices", "layer.weight"], list.RootElement.GetProperty("tensors").EnumerateArray().Select(tensor => tensor.GetProperty("name").GetString()));
    }

    [Fact]
    public void Models_of_a_bundle_are_listed_under_their_names()
    {
        string? parity = Environment.GetEnvironmentVariable("HANDMESH_PARITY_DIR");
        Assert.SkipWhen(parity is null, "needs the large parity set, which has .tflite models; set HANDMESH_PARITY_DIR");
        string model = Path.Combine(parity!, "mediapipe-hand", "models", "hand_landmark_lite.tflite");
        string alone = CommandRunner.Run("inspect", model).Output;
        using (ZipArchive archive = ZipFile.Open(_work["hands.task"], ZipArchiveMode.Create))
        {
            archive.CreateEntryFromFile(model, "hand_landmarks_detector.tflite", CompressionLevel.NoCompression);
        }

        (int exitCode, string bundled, _) = CommandRunner.Run("inspect", _work["hands.task"]);
        Assert.Equal(0, exitCode);
        Assert.Contains("conv_landmarks", alone);
        Assert.Equal(alone.Split('\n').Length, bundled.Split('\n').Length);
        Assert.Contains("hand_landmarks_detector.tflite:model_1", bundled);
    }

    [Fact]
    public void Statistics_count_what_is_not_finite()
    {
        float[] values = [1, -3, float.NaN, float.PositiveInfinity];
        byte[] header = [.. "{'descr': '<f4', 'fortran_order': False, 'shape': (4,), }"u8];
        byte[] text = [.. header, .. Enumerable.Repeat((byte)' ', 128 - 10 - header.Length - 1), (byte)'\n'];
        File.WriteAllBytes(
            _work["values.npy"], [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, 0, .. text, .. values.SelectMany(BitConverter.GetBytes)]);

        string output = CommandRunner.Run("inspect", _work["values.npy"], "--stats").Output;
        Assert.Matches(@"array +Float32 +\[4\] +16 +-3 +-1 +1 +2", output);
    }
}
