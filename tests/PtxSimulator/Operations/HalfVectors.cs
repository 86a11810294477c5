namespace PtxSimulator.Operations;

/// <summary>Halves in the low 16 bits of 32-bit lanes, to singles and back, 16 at a time (.NET has no instruction for it).</summary>
internal static class HalfVectors
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ToSingle(Vector512<uint> half)
    {
        var magnitude = (half & Vector512.Create(0x7fffu)) << 13;

        // 2^112 moves the exponent bias from 15 to 127 and normalises subnormal halves on the way.
        var scaled = (magnitude.AsSingle() * Vector512.Create(0x77800000u).AsSingle()).AsUInt32();
        var infinite = Vector512.GreaterThanOrEqual(magnitude, Vector512.Create(0x0f800000u)) & Vector512.Create(0x7f800000u);
        return (scaled | infinite | (half & Vector512.Create(0x8000u)) << 16).AsSingle();
    }

    /// <summary>Rounds to nearest even; too large becomes infinite, NaN the one that the device makes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> FromSingle(Vector512<float> single)
    {
        var bits = single.AsUInt32();
        var sign = bits & Vector512.Create(0x80000000u);
        var magnitude = bits ^ sign;

        // Normal results: rebias and round in integers, the carry running into the exponent.
        var odd = magnitude >>> 13 & Vector512<uint>.One;
        var normal = (magnitude + Vector512.Create(0xc8000fffu) + odd) >>> 13;

        // Subnormal results: adding 0.5 leaves the wanted bits, rounded, at the bottom of the sum.
        var small = (magnitude.AsSingle() + Vector512.Create(0.5f)).AsUInt32() - Vector512.Create(0x3f000000u);

        var result = Vector512.ConditionalSelect(Vector512.LessThan(magnitude, Vector512.Create(0x38800000u)), small, normal);
        result = Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(magnitude, Vector512.Create(0x47800000u)), Vector512.Create(0x7c00u), result);
        return Vector512.ConditionalSelect(Vector512.GreaterThan(magnitude, Vector512.Create(0x7f800000u)), Vector512.Create(0x7fffu), result | sign >>> 16);
    }
}
