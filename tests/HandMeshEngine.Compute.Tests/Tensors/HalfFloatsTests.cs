namespace HandMeshEngine.Compute.Tests.Tensors;

public sealed class HalfFloatsTests
{
    [Fact]
    public void Every_half_becomes_the_same_number()
    {
        var halves = new Half[65536];
        for (int i = 0; i < halves.Length; i++)
        {
            halves[i] = BitConverter.UInt16BitsToHalf((ushort)i);
        }

        var widened = new float[halves.Length];
        HalfFloats.Widen(halves, widened);
        for (int i = 0; i < halves.Length; i++)
        {
            Assert.True(
                BitConverter.SingleToUInt32Bits((float)halves[i]) == BitConverter.SingleToUInt32Bits(widened[i])
                || (Half.IsNaN(halves[i]) && float.IsNaN(widened[i])),
                $"half 0x{i:x4} became {widened[i]}");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(33)]
    public void Any_number_of_halves_is_converted_and_nothing_more(int count)
    {
        Tensor halves = Tensor.From(new Shape(count), [.. Enumerable.Range(1, count).Select(i => (Half)(i / 8f))]);
        Assert.Equal(Enumerable.Range(1, count).Select(i => i / 8f), halves.ToFloat32().Span<float>().ToArray());
        var tooLong = new float[count + 1];
        tooLong[count] = -1;
        HalfFloats.Widen(halves.Span<Half>(), tooLong);
        Assert.Equal(-1, tooLong[count]);
    }
}
