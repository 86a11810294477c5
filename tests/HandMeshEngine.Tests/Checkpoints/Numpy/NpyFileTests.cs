using HandMeshEngine.Checkpoints.Numpy;

namespace HandMeshEngine.Tests.Checkpoints.Numpy;

public sealed class NpyFileTests
{
    [Theory]
    [InlineData("c_f8.npy", DType.Float64, new[] { 2, 3 }, new double[] { 0, 1, 2, 3, 4, 5 })]
    [InlineData("u4.npy", DType.Int64, new[] { 2 }, new[] { 1, 4294967295.0 })]
    [InlineData("big_endian_i8.npy", DType.Int64, new[] { 2, 1 }, new double[] { 1, -2 })]
    public void An_array_written_by_numpy_has_its_values(string file, DType type, int[] shape, double[] values)
    {
        Tensor tensor = NpyFile.Read(Fixtures.PathOf(file));

        Assert.Equal(type, tensor.Type);
        Assert.Equal(new Shape(shape), tensor.Shape);
        Assert.Equal(values, Enumerable.Range(0, tensor.Shape.Count).Select(i => tensor[i]));
    }

    [Fact]
    public void Fortran_order_becomes_row_major()
    {
        Tensor tensor = NpyFile.Read(Fixtures.PathOf("fortran_f4.npy"));

        Assert.Equal(new Shape(2, 3, 4), tensor.Shape);
        Assert.Equal(Enumerable.Range(0, 24).Select(i => (float)i), tensor.Span<float>().ToArray());
    }

    [Theory]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (2,), }", 16, "'|O' is not supported")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", 8, "takes 12 bytes but 8 follow")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }", 8, "does not describe")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }", 8, "does not describe")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999, 99999), }", 8, "too large")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }", 8, "too large")]
    [InlineData("__import__('os').system('true')", 8, "does not describe")]
    [InlineData("{'descr': '<f9', 'fortran_order': False, 'shape': (1,), }", 9, "'<f9' is not supported")]
    public void A_header_that_is_not_a_plain_array_is_refused_with_the_reason(string header, int data, string reason)
    {
        var error = Assert.Throws<CheckpointException>(() => Read(File(header, data)));

        Assert.StartsWith("table.npy", error.Message);
        Assert.Contains(reason, error.Message);
    }

    [Fact]
    public void A_foreign_or_cut_off_file_is_refused()
    {
        byte[] whole = Fixtures.Bytes("c_f8.npy");

        Assert.Contains("not a .npy", Assert.Throws<CheckpointException>(() => Read(new byte[200])).Message);
        for (int length = 0; length < whole.Length; length++)
        {
            byte[] cut = whole[..length];
            Assert.Throws<CheckpointException>(() => Read(cut));
        }
    }

    [Fact]
    public void Twenty_thousand_damaged_files_are_accepted_or_refused()
    {
        byte[][] corpus = [Fixtures.Bytes("c_f8.npy"), Fixtures.Bytes("fortran_f4.npy"), Fixtures.Bytes("u4.npy"), Fixtures.Bytes("big_endian_i8.npy")];

        CheckpointFuzz.Run(13, corpus, bytes => Read(bytes), 1 << 20, "'<i8'"u8.ToArray(), "(1, 2)"u8.ToArray(), "True"u8.ToArray());
    }

    private static Tensor Read(byte[] bytes) => NpyFile.Read(new MemoryStream(bytes), "table.npy");

    private static byte[] File(string header, int data) =>
        [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.Latin1.GetBytes(header), .. new byte[data]];
}
