namespace PtxSimulator.Operations;

internal interface IDirection
{
    /// <summary>Whether the float next to <paramref name="nearest"/> is wanted, given the sign of what nearest missed (exact - nearest).</summary>
    static abstract float Round(float nearest, int missed);
}

internal readonly struct TowardZero : IDirection
{
    public static float Round(float nearest, int missed) =>
        nearest > 0 && missed < 0 ? MathF.BitDecrement(nearest) : nearest < 0 && missed > 0 ? MathF.BitIncrement(nearest) : nearest;
}

internal readonly struct TowardMinus : IDirection
{
    public static float Round(float nearest, int missed) => missed < 0 ? MathF.BitDecrement(nearest) : nearest;
}

internal readonly struct TowardPlus : IDirection
{
    public static float Round(float nearest, int missed) => missed > 0 ? MathF.BitIncrement(nearest) : nearest;
}

/// <summary>Single-precision a * b + c rounded other than to nearest; sums and products are the cases b = 1 and c = -0.</summary>
internal readonly struct DirectedFma<TDirection> : IMap<float, float, float, float>
    where TDirection : struct, IDirection
{
    public static float Apply(float a, float b, float c)
    {
        // The product of two singles is exact in double; the sum's error comes out exactly by Knuth's two-sum.
        double product = (double)a * b;
        double sum = product + c;
        if (!double.IsFinite(sum))
        {
            return (float)sum;
        }
        double part = sum - product;
        double error = product - (sum - part) + (c - part);
        float nearest = (float)sum;
        double difference = sum - nearest;
        int missed = difference != 0 ? Math.Sign(difference) : Math.Sign(error);
        if (float.IsInfinity(nearest))
        {
            missed = nearest > 0 ? -1 : 1;
        }
        return TDirection.Round(nearest, missed);
    }
}

internal readonly struct DirectedAdd<TDirection> : IMap<float, float, float>
    where TDirection : struct, IDirection
{
    public static float Apply(float a, float b) => DirectedFma<TDirection>.Apply(a, 1f, b);
}

internal readonly struct DirectedSubtract<TDirection> : IMap<float, float, float>
    where TDirection : struct, IDirection
{
    public static float Apply(float a, float b) => DirectedFma<TDirection>.Apply(a, 1f, -b);
}

internal readonly struct DirectedMultiply<TDirection> : IMap<float, float, float>
    where TDirection : struct, IDirection
{
    public static float Apply(float a, float b) => DirectedFma<TDirection>.Apply(a, b, -0f);
}
