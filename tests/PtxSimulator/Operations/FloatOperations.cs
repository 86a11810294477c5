namespace PtxSimulator.Operations;

internal readonly struct Fma32 : ITernary<float>
{
    public static Vector512<float> Apply(Vector512<float> a, Vector512<float> b, Vector512<float> c) => Vector512.FusedMultiplyAdd(a, b, c);
}

internal readonly struct Fma64 : ITernary<double>
{
    public static Vector512<double> Apply(Vector512<double> a, Vector512<double> b, Vector512<double> c) => Vector512.FusedMultiplyAdd(a, b, c);
}

internal readonly struct Reciprocal32 : IUnary<float>
{
    public static Vector512<float> Apply(Vector512<float> a) => Vector512<float>.One / a;
}

internal readonly struct Reciprocal64 : IUnary<double>
{
    public static Vector512<double> Apply(Vector512<double> a) => Vector512<double>.One / a;
}

internal readonly struct ReciprocalRoot32 : IUnary<float>
{
    public static Vector512<float> Apply(Vector512<float> a) => Vector512<float>.One / Vector512.Sqrt(a);
}

internal readonly struct ReciprocalRoot64 : IUnary<double>
{
    public static Vector512<double> Apply(Vector512<double> a) => Vector512<double>.One / Vector512.Sqrt(a);
}

/// <summary>2^a: the nearest integer becomes the exponent, a Taylor polynomial of degree 7 does the rest (error below 1e-8).</summary>
internal readonly struct Exp2 : IUnary<float>
{
    private const float Ln2 = 0.69314718f;

    public static Vector512<float> Apply(Vector512<float> a)
    {
        var bounded = Vector512.Min(Vector512.Max(a, Vector512.Create(-160f)), Vector512.Create(130f));
        var whole = Vector512.Round(bounded);
        var x = (bounded - whole) * Vector512.Create(Ln2);
        var sum = Vector512.Create(1f / 5040);
        sum = Vector512.FusedMultiplyAdd(sum, x, Vector512.Create(1f / 720));
        sum = Vector512.FusedMultiplyAdd(sum, x, Vector512.Create(1f / 120));
        sum = Vector512.FusedMultiplyAdd(sum, x, Vector512.Create(1f / 24));
        sum = Vector512.FusedMultiplyAdd(sum, x, Vector512.Create(1f / 6));
        sum = Vector512.FusedMultiplyAdd(sum, x, Vector512.Create(0.5f));
        sum = Vector512.FusedMultiplyAdd(sum, x, Vector512<float>.One);
        sum = Vector512.FusedMultiplyAdd(sum, x, Vector512<float>.One);

        // In two factors, so that results below the smallest normal number come out right.
        var exponent = Vector512.ConvertToInt32Native(whole);
        var half = Vector512.ShiftRightArithmetic(exponent, 1);
        var result = sum * PowerOfTwo(half) * PowerOfTwo(exponent - half);
        return Vector512.ConditionalSelect(Vector512.Equals(a, a), result, a);
    }

    private static Vector512<float> PowerOfTwo(Vector512<int> exponent) => ((exponent + Vector512.Create(127)) << 23).AsSingle();
}

/// <summary>Subnormal numbers become zero of the same sign (<c>.ftz</c>).</summary>
internal readonly struct FlushSubnormals : IUnary<float>
{
    public static Vector512<float> Apply(Vector512<float> a)
    {
        var bits = a.AsUInt32();
        var subnormal = Vector512.Equals(bits & Vector512.Create(0x7f800000u), Vector512<uint>.Zero);
        return Vector512.ConditionalSelect(subnormal, bits & Vector512.Create(0x80000000u), bits).AsSingle();
    }
}

/// <summary>Clamps to [0, 1]; NaN becomes 0 (<c>.sat</c>).</summary>
internal readonly struct Saturate<T> : IUnary<T>
{
    public static Vector512<T> Apply(Vector512<T> a) =>
        Vector512.MinNumber(Vector512.MaxNumber(a, Vector512<T>.Zero), Vector512<T>.One);
}

internal readonly struct NegateBits32 : IUnary<float>
{
    public static Vector512<float> Apply(Vector512<float> a) => a ^ Vector512.Create(-0f);
}

internal readonly struct NegateBits64 : IUnary<double>
{
    public static Vector512<double> Apply(Vector512<double> a) => a ^ Vector512.Create(-0d);
}

/// <summary>The magnitude of b with the sign of a.</summary>
internal readonly struct CopySign32 : IBinary<float>
{
    public static Vector512<float> Apply(Vector512<float> a, Vector512<float> b) => Vector512.ConditionalSelect(Vector512.Create(-0f), a, b);
}

/// <summary>The magnitude of b with the sign of a.</summary>
internal readonly struct CopySign64 : IBinary<double>
{
    public static Vector512<double> Apply(Vector512<double> a, Vector512<double> b) => Vector512.ConditionalSelect(Vector512.Create(-0d), a, b);
}

internal readonly struct Log2 : IMap<float, float>
{
    public static float Apply(float a) => (float)Math.Log2(a);
}

internal readonly struct Sine : IMap<float, float>
{
    public static float Apply(float a) => (float)Math.Sin(a);
}

internal readonly struct Cosine : IMap<float, float>
{
    public static float Apply(float a) => (float)Math.Cos(a);
}

internal readonly struct HyperbolicTangent : IMap<float, float>
{
    public static float Apply(float a) => (float)Math.Tanh(a);
}

internal readonly struct RoundEven32 : IUnary<float>
{
    public static Vector512<float> Apply(Vector512<float> a) => Vector512.Round(a);
}

internal readonly struct RoundDown32 : IUnary<float>
{
    public static Vector512<float> Apply(Vector512<float> a) => Vector512.Floor(a);
}

internal readonly struct RoundUp32 : IUnary<float>
{
    public static Vector512<float> Apply(Vector512<float> a) => Vector512.Ceiling(a);
}

internal readonly struct RoundToZero32 : IUnary<float>
{
    public static Vector512<float> Apply(Vector512<float> a) => Vector512.Truncate(a);
}

internal readonly struct RoundEven64 : IUnary<double>
{
    public static Vector512<double> Apply(Vector512<double> a) => Vector512.Round(a);
}

internal readonly struct RoundDown64 : IUnary<double>
{
    public static Vector512<double> Apply(Vector512<double> a) => Vector512.Floor(a);
}

internal readonly struct RoundUp64 : IUnary<double>
{
    public static Vector512<double> Apply(Vector512<double> a) => Vector512.Ceiling(a);
}

internal readonly struct RoundToZero64 : IUnary<double>
{
    public static Vector512<double> Apply(Vector512<double> a) => Vector512.Truncate(a);
}
