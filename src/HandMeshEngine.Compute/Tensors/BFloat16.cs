namespace HandMeshEngine.Compute.Tensors;

/// <summary>Rounds to bf16, the upper half of a float32, as processors with AVX512_BF16 do.</summary>
internal static class BFloat16
{
    /// <summary>The bits of the nearest bf16, ties to even; subnormal numbers become zero, and what is no number stays none.</summary>
    public static ushort Bits(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return (ushort)(
            float.IsNaN(value) ? (bits >> 16) | 0x40
            : float.IsSubnormal(value) ? (bits >> 16) & 0x8000
            : (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }

    /// <summary>The nearest bf16 as a float.</summary>
    public static float Round(float value) => BitConverter.UInt32BitsToSingle((uint)Bits(value) << 16);

    /// <summary>A copy with every number rounded.</summary>
    public static Tensor Round(Tensor tensor)
    {
        var rounded = new Tensor(DType.Float32, tensor.Shape);
        ReadOnlySpan<float> from = tensor.Span<float>();
        Span<float> to = rounded.Span<float>();
        for (int i = 0; i < to.Length; i++)
        {
            to[i] = Round(from[i]);
        }

        return rounded;
    }
}
