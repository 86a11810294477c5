using HandMeshEngine.Checkpoints.Keys;

namespace HandMeshEngine.Tests.Checkpoints.PyTorch;

public sealed class TorchFileTests
{
    [Theory]
    [InlineData("zip.pth", "")]
    [InlineData("legacy.pth", "")]
    [InlineData("lightning.ckpt", "model.")]
    public void Every_tensor_of_a_file_written_by_PyTorch_has_its_values(string file, string prefix)
    {
        using CheckpointSource source = CheckpointSource.Open(Fixtures.PathOf(file));

        Check(source, prefix + "conv.weight", DType.Float32, [2, 3, 2, 2], Enumerable.Range(0, 24).Select(i => (i / 4.0) - 1));
        Check(source, prefix + "conv.bias", DType.Float64, [2], [0.5, -0.25]);
        Check(source, prefix + "half", DType.Float16, [3], [1.5, -2, 0.125]);
        Check(source, prefix + "brain", DType.BFloat16, [2], [1, -3]);
        Check(source, prefix + "ints", DType.Int64, [2, 2], [1, -2, 3, 1L << 40]);
        Check(source, prefix + "small", DType.Int16, [2], [-7, 300]);
        Check(source, prefix + "bytes", DType.UInt8, [2], [0, 255]);
        Check(source, prefix + "flags", DType.Bool, [3], [1, 0, 1]);
        Check(source, prefix + "transposed", DType.Float32, [3, 2], [0, 3, 1, 4, 2, 5]);
        Check(source, prefix + "slice", DType.Float32, [3], [2, 4, 6]);
        Check(source, prefix + "shared", DType.Float32, [5], [5, 6, 7, 8, 9]);
        Check(source, prefix + "expanded", DType.Float32, [3], [7, 7, 7]);
        Check(source, prefix + "empty", DType.Float32, [0, 4], []);
        Check(source, prefix + "bn.num_batches_tracked", DType.Int64, [], [3]);
    }

    [Fact]
    public void The_tar_container_of_the_first_PyTorch_is_read()
    {
        using CheckpointSource source = CheckpointSource.Open(Fixtures.PathOf("tar.pth"));

        Assert.Equal(["conv.weight", "ints", "bn.num_batches_tracked"], source.Names);
        Check(source, "conv.weight", DType.Float32, [2, 3, 2, 2], Enumerable.Range(0, 24).Select(i => (i / 4.0) - 1));
        Check(source, "ints", DType.Int64, [2, 2], [1, -2, 3, 1L << 40]);
        Check(source, "bn.num_batches_tracked", DType.Int64, [], [3]);
    }

    [Fact]
    public void Only_the_state_dict_of_a_Lightning_checkpoint_is_taken()
    {
        using CheckpointSource source = CheckpointSource.Open(Fixtures.PathOf("lightning.ckpt"));

        Assert.All(source.Names, name => Assert.StartsWith("model.", name));
    }

    [Fact]
    public void A_safetensors_file_is_a_checkpoint_too()
    {
        var map = new TensorMap("test");
        map.Add("a", Tensor.From(new Shape(1), 1f));
        var stream = new MemoryStream();
        SafetensorsFile.Write(stream, map);
        stream.Position = 0;

        using CheckpointSource source = CheckpointSource.Open(stream, "a.safetensors");

        Check(source, "a", DType.Float32, [1], [1]);
    }

    [Theory]
    [InlineData("zip.pth")]
    [InlineData("legacy.pth")]
    [InlineData("lightning.ckpt")]
    [InlineData("tar.pth")]
    public void A_file_cut_off_anywhere_is_refused(string file)
    {
        byte[] whole = Fixtures.Bytes(file);

        // The zeros that end a tar archive carry nothing.
        int end = file == "tar.pth" ? Array.FindLastIndex(whole, b => b != 0) : whole.Length;
        for (int length = 0; length < end; length += 11)
        {
            byte[] cut = whole[..length];
            Assert.Throws<CheckpointException>(() => TorchReading.All(cut, "cut.pth"));
        }
    }

    private static void Check(CheckpointSource source, string name, DType type, int[] shape, IEnumerable<double> values)
    {
        Tensor tensor = source.Read(name);
        Assert.Equal(type, tensor.Type);
        Assert.Equal(new Shape(shape), tensor.Shape);
        Assert.Equal(values, Enumerable.Range(0, tensor.Shape.Count).Select(i => tensor[i]));
    }
}
