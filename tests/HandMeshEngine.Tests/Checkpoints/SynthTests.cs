using System.Security.Cryptography;

namespace HandMeshEngine.Tests.Checkpoints;

/// <summary>Expected values were printed by synth.py of the parity data (numpy).</summary>
public sealed class SynthTests
{
    [Fact]
    public void Uniform_values_equal_those_of_the_python_rule()
    {
        ulong key = Synth.Key("dev-0", "a.weight");

        Assert.Equal([0x16dc4f8 / 33554432.0, 0x140e1d0 / 67108864.0, -0x1f1d378 / 67108864.0],
            new[] { Synth.Uniform(key, 0), Synth.Uniform(key, 1), Synth.Uniform(key, 2) });
    }

    [Theory]
    [InlineData("x.running_mean", new[] { 3 }, 0x3d9b4d40u, 0x3d2f6dd6u, 0xbc815df3u)]
    [InlineData("x.running_var", new[] { 3 }, 0x3f6d3fc0u, 0x3f91dcafu, 0x3f9f4fb3u)]
    [InlineData("bn.weight", new[] { 3 }, 0x3f008410u, 0x3f05ea65u, 0x3f26522au)]
    [InlineData("conv.weight", new[] { 2, 3, 1, 1 }, 0x3ce0dd90u, 0xbe8efbb1u, 0x3f390302u)]
    [InlineData("conv.bias", new[] { 3 }, 0x3d62d9f3u, 0x3db83438u, 0xbc69959au)]
    [InlineData("gr\u00fc\u00df.weight", new[] { 3 }, 0x3ef25c86u, 0x3f016548u, 0x3f3b3d18u)]
    public void Tensor_values_equal_those_of_the_python_rule(string name, int[] extents, uint first, uint second, uint third)
    {
        Tensor tensor = Synth.Tensor("seed 7", name, new Shape(extents));

        Assert.Equal([first, second, third], tensor.Span<float>()[..3].ToArray().Select(BitConverter.SingleToUInt32Bits));
    }

    [Theory]
    [InlineData(48, 64, "bb7fccc48c15b38b15a61aa4c5c0d62433f5d6928835eb695a33115aeca42e39")]
    [InlineData(480, 640, "8530f7e4d3d9a7d126059d58027de1e1f4caf6770860f4b1cb99ecc24dc44db8")]
    public void Image_bytes_equal_those_of_the_python_rule(int height, int width, string sha256)
    {
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(Synth.Image("dev-0", height, width))));
    }
}
