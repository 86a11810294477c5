namespace PtxSimulator.Operations;

/// <summary>Half-precision operations on single values; through single precision, which rounds sums, products and quotients correctly.</summary>
internal interface IHalfUnary
{
    static abstract Half Apply(Half a);
}

internal interface IHalfBinary
{
    static abstract Half Apply(Half a, Half b);
}

internal interface IHalfTernary
{
    static abstract Half Apply(Half a, Half b, Half c);
}

/// <summary>Bits of halves in 32-bit lanes.</summary>
internal static class HalfBits
{
    public static Half Low(uint bits) => BitConverter.UInt16BitsToHalf((ushort)bits);

    public static Half High(uint bits) => BitConverter.UInt16BitsToHalf((ushort)(bits >> 16));

    public static uint One(Half value) => BitConverter.HalfToUInt16Bits(value);

    public static uint Two(Half low, Half high) => One(low) | One(high) << 16;
}

internal readonly struct HalfMap<TOperation> : IMap<uint, uint>
    where TOperation : struct, IHalfUnary
{
    public static uint Apply(uint a) => HalfBits.One(TOperation.Apply(HalfBits.Low(a)));
}

internal readonly struct HalfMap2<TOperation> : IMap<uint, uint, uint>
    where TOperation : struct, IHalfBinary
{
    public static uint Apply(uint a, uint b) => HalfBits.One(TOperation.Apply(HalfBits.Low(a), HalfBits.Low(b)));
}

internal readonly struct HalfMap3<TOperation> : IMap<uint, uint, uint, uint>
    where TOperation : struct, IHalfTernary
{
    public static uint Apply(uint a, uint b, uint c) => HalfBits.One(TOperation.Apply(HalfBits.Low(a), HalfBits.Low(b), HalfBits.Low(c)));
}

internal readonly struct HalfPairMap<TOperation> : IMap<uint, uint>
    where TOperation : struct, IHalfUnary
{
    public static uint Apply(uint a) => HalfBits.Two(TOperation.Apply(HalfBits.Low(a)), TOperation.Apply(HalfBits.High(a)));
}

internal readonly struct HalfPairMap2<TOperation> : IMap<uint, uint, uint>
    where TOperation : struct, IHalfBinary
{
    public static uint Apply(uint a, uint b) => HalfBits.Two(
        TOperation.Apply(HalfBits.Low(a), HalfBits.Low(b)),
        TOperation.Apply(HalfBits.High(a), HalfBits.High(b)));
}

internal readonly struct HalfPairMap3<TOperation> : IMap<uint, uint, uint, uint>
    where TOperation : struct, IHalfTernary
{
    public static uint Apply(uint a, uint b, uint c) => HalfBits.Two(
        TOperation.Apply(HalfBits.Low(a), HalfBits.Low(b), HalfBits.Low(c)),
        TOperation.Apply(HalfBits.High(a), HalfBits.High(b), HalfBits.High(c)));
}

internal readonly struct HalfAdd : IHalfBinary
{
    public static Half Apply(Half a, Half b) => (Half)((float)a + (float)b);
}

internal readonly struct HalfSubtract : IHalfBinary
{
    public static Half Apply(Half a, Half b) => (Half)((float)a - (float)b);
}

internal readonly struct HalfMultiply : IHalfBinary
{
    public static Half Apply(Half a, Half b) => (Half)((float)a * (float)b);
}

internal readonly struct HalfMin : IHalfBinary
{
    public static Half Apply(Half a, Half b) => Half.MinNumber(a, b);
}

internal readonly struct HalfMax : IHalfBinary
{
    public static Half Apply(Half a, Half b) => Half.MaxNumber(a, b);
}

internal readonly struct HalfFma : IHalfTernary
{
    public static Half Apply(Half a, Half b, Half c) => (Half)Math.FusedMultiplyAdd((double)a, (double)b, (double)c);
}

/// <summary>A fused multiply-add followed by max(x, 0) (<c>.relu</c>); NaN becomes 0.</summary>
internal readonly struct HalfFmaRelu : IHalfTernary
{
    public static Half Apply(Half a, Half b, Half c) => Half.MaxNumber(HalfFma.Apply(a, b, c), Half.Zero);
}

internal readonly struct HalfNegate : IHalfUnary
{
    public static Half Apply(Half a) => BitConverter.UInt16BitsToHalf((ushort)(BitConverter.HalfToUInt16Bits(a) ^ 0x8000));
}

internal readonly struct HalfAbsolute : IHalfUnary
{
    public static Half Apply(Half a) => Half.Abs(a);
}

internal readonly struct HalfExp2 : IHalfUnary
{
    public static Half Apply(Half a) => (Half)Math.Pow(2, (double)a);
}

internal readonly struct HalfTanh : IHalfUnary
{
    public static Half Apply(Half a) => (Half)Math.Tanh((double)a);
}

internal readonly struct HalfSaturate : IHalfUnary
{
    public static Half Apply(Half a) => Half.MinNumber(Half.MaxNumber(a, Half.Zero), Half.One);
}
