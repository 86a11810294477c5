using HandMeshEngine.Conversion;
using HandMeshEngine.Tests.Checkpoints.Tflite;

namespace HandMeshEngine.Tests.Systems.MediaPipeHand;

public sealed class MediaPipeHandConversionTests
{
    [Theory]
    [InlineData("full", 133 + 102)]
    [InlineData("lite", 113 + 102)]
    public void The_published_networks_become_the_committed_weights(string variant, int constants)
    {
        string models = Models();

        // The order of the two files does not matter.
        ConversionResult result = CheckpointConverter.Convert(
            "mediapipe-hand",
            [Path.Combine(models, $"hand_landmark_{variant}.tflite"), Path.Combine(models, $"palm_detection_{variant}.tflite")], []);

        // A constant that several operators share is stored for each of them.
        Assert.True(result.Weights.Count >= constants, $"{result.Weights.Count} tensors");
        Assert.Equal(variant, result.Weights.Metadata["handmesh.variant"]);
        TensorMap committed = SafetensorsFile.Read(Path.Combine(Repository.Root, "weights", $"mediapipe-hand-{variant}.safetensors"));
        Assert.Equal(committed.Names, result.Weights.Names);
        foreach ((string name, Tensor tensor) in committed)
        {
            Assert.Equal(tensor.Type, result.Weights[name].Type);
            Assert.Equal(tensor.Shape, result.Weights[name].Shape);
            Assert.Equal(tensor.Bytes, result.Weights[name].Bytes);
        }
    }

    [Theory]
    [InlineData("full")]
    [InlineData("lite")]
    public void The_committed_weights_say_what_they_are(string variant)
    {
        TensorMap map = SafetensorsFile.Read(Path.Combine(Repository.Root, "weights", $"mediapipe-hand-{variant}.safetensors"));

        Assert.Equal("mediapipe-hand", map.Metadata["handmesh.system"]);
        Assert.Equal("1", map.Metadata["handmesh.format"]);
        Assert.Contains("Apache-2.0", map.Metadata["handmesh.licence"]);
        Assert.Contains($"palm_detection_{variant}.tflite sha256 ", map.Metadata["handmesh.sources"]);
        Assert.Equal(new Shape(32, 5, 5, 3), map["palm.op0.w"].Shape);
        Assert.Equal(new Shape(1, 1, 32), map["palm.op1.alpha"].Shape);
        Assert.Equal(new Shape(24, 3, 3, 3), map["hand.op0.w"].Shape);
        Assert.All(map, pair => Assert.Equal(DType.Float16, pair.Value.Type));
    }

    [Fact]
    public void Networks_of_two_sizes_or_twice_the_same_part_are_refused()
    {
        string models = Models();
        string palm = Path.Combine(models, "palm_detection_full.tflite");

        Assert.Contains("both full or both lite", Refuse(palm, Path.Combine(models, "hand_landmark_lite.tflite")));
        Assert.Contains("one palm and one hand network", Refuse(palm, palm));
        Assert.Contains("two files", Refuse(palm));
    }

    [Fact]
    public void A_network_that_differs_in_one_attribute_is_refused_with_the_line()
    {
        string models = Models();
        string folder = Directory.CreateTempSubdirectory("handmesh").FullName;
        string changed = Path.Combine(folder, "palm.tflite");
        byte[] bytes = File.ReadAllBytes(Path.Combine(models, "palm_detection_full.tflite"));
        bytes[FindStrideTwo(bytes)] = 1;
        File.WriteAllBytes(changed, bytes);

        string message = Refuse(changed, Path.Combine(models, "hand_landmark_full.tflite"));

        Assert.Contains("the nearest is the full palm network", message);
        Assert.Contains("is expected", message);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_foreign_network_is_refused_with_a_bounded_message()
    {
        string folder = Directory.CreateTempSubdirectory("handmesh").FullName;
        string tiny = Path.Combine(folder, "tiny.tflite");
        File.WriteAllBytes(tiny, FlatBufferWriter.File(TinyTflite.Model()));

        string message = Refuse(tiny, tiny);

        Assert.Contains("not one of the published networks", message);
        Assert.InRange(message.Length, 1, 3000);
        Directory.Delete(folder, recursive: true);
    }

    private static int FindStrideTwo(byte[] bytes)
    {
        // The first pair of int32 stride fields (2, 2) behind the graph's tensors is that of a convolution or pool.
        for (int at = bytes.Length - 8; at > 8; at -= 4)
        {
            if (BitConverter.ToInt64(bytes, at) == 0x2_0000_0002)
            {
                return at;
            }
        }

        throw new InvalidOperationException("no stride found");
    }

    private static string Refuse(params string[] checkpoints) =>
        Assert.Throws<CheckpointException>(() => CheckpointConverter.Convert("mediapipe-hand", checkpoints, [])).Message;

    private static string Models()
    {
        string? parity = Environment.GetEnvironmentVariable(CaseFolders.Variable);
        Assert.SkipWhen(parity is null, "HANDMESH_PARITY_DIR is not set");
        return Path.Combine(parity!, "mediapipe-hand", "models");
    }
}
