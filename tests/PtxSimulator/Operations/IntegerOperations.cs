namespace PtxSimulator.Operations;

internal readonly struct DivideInteger<T> : IMap<T, T, T>
    where T : IBinaryInteger<T>, IMinMaxValue<T>
{
    /// <summary>Division by zero gives all ones and the most negative number by -1 wraps, as on the device.</summary>
    public static T Apply(T a, T b) =>
        b == T.Zero ? ~T.Zero : T.IsNegative(b) && b == ~T.Zero ? unchecked(T.Zero - a) : a / b;
}

internal readonly struct Remainder<T> : IMap<T, T, T>
    where T : IBinaryInteger<T>
{
    public static T Apply(T a, T b) =>
        b == T.Zero ? a : T.IsNegative(b) && b == ~T.Zero ? T.Zero : a % b;
}

internal readonly struct MultiplyHigh32S : IBinary<int>, ITernary<int>
{
    public static Vector512<int> Apply(Vector512<int> a, Vector512<int> b)
    {
        var (lowA, highA) = Vector512.Widen(a);
        var (lowB, highB) = Vector512.Widen(b);
        return Vector512.Narrow(lowA * lowB >> 32, highA * highB >> 32);
    }

    public static Vector512<int> Apply(Vector512<int> a, Vector512<int> b, Vector512<int> c) => Apply(a, b) + c;
}

internal readonly struct MultiplyHigh32U : IBinary<uint>, ITernary<uint>
{
    public static Vector512<uint> Apply(Vector512<uint> a, Vector512<uint> b)
    {
        var (lowA, highA) = Vector512.Widen(a);
        var (lowB, highB) = Vector512.Widen(b);
        return Vector512.Narrow(lowA * lowB >>> 32, highA * highB >>> 32);
    }

    public static Vector512<uint> Apply(Vector512<uint> a, Vector512<uint> b, Vector512<uint> c) => Apply(a, b) + c;
}

internal readonly struct MultiplyHigh64S : IMap<long, long, long>
{
    public static long Apply(long a, long b) => Math.BigMul(a, b, out _);
}

internal readonly struct MultiplyHigh64U : IMap<ulong, ulong, ulong>
{
    public static ulong Apply(ulong a, ulong b) => Math.BigMul(a, b, out _);
}

/// <summary>The high half of a product plus an addend.</summary>
internal readonly struct MultiplyHighAdd<T, THigh> : IMap<T, T, T, T>
    where T : IBinaryInteger<T>
    where THigh : struct, IMap<T, T, T>
{
    public static T Apply(T a, T b, T c) => unchecked(THigh.Apply(a, b) + c);
}

internal readonly struct Multiply24S : IMap<int, int, int>
{
    public static int Apply(int a, int b) => (a << 8 >> 8) * (b << 8 >> 8);
}

internal readonly struct Multiply24U : IMap<uint, uint, uint>
{
    public static uint Apply(uint a, uint b) => (a & 0xffffff) * (b & 0xffffff);
}

internal readonly struct Multiply24AddS : IMap<int, int, int, int>
{
    public static int Apply(int a, int b, int c) => Multiply24S.Apply(a, b) + c;
}

internal readonly struct Multiply24AddU : IMap<uint, uint, uint, uint>
{
    public static uint Apply(uint a, uint b, uint c) => Multiply24U.Apply(a, b) + c;
}

internal readonly struct ShiftLeft32 : IBinary<uint>
{
    public static Vector512<uint> Apply(Vector512<uint> a, Vector512<uint> b) => Shifts.Left(a, b);
}

internal readonly struct ShiftRight32 : IBinary<uint>
{
    public static Vector512<uint> Apply(Vector512<uint> a, Vector512<uint> b) => Shifts.Right(a, b);
}

internal readonly struct ShiftRight32S : IBinary<int>
{
    public static Vector512<int> Apply(Vector512<int> a, Vector512<int> b) => Shifts.RightSigned(a, b);
}

internal readonly struct ShiftLeft64 : IMap<ulong, uint, ulong>
{
    public static ulong Apply(ulong a, uint b) => b > 63 ? 0 : a << (int)b;
}

internal readonly struct ShiftRight64 : IMap<ulong, uint, ulong>
{
    public static ulong Apply(ulong a, uint b) => b > 63 ? 0 : a >> (int)b;
}

internal readonly struct ShiftRight64S : IMap<long, uint, long>
{
    public static long Apply(long a, uint b) => a >> (int)Math.Min(b, 63);
}

/// <summary>|a - b| + c.</summary>
internal readonly struct SumOfDifference32S : IMap<int, int, int, int>
{
    public static int Apply(int a, int b, int c) => (int)Math.Abs((long)a - b) + c;
}

/// <summary>|a - b| + c.</summary>
internal readonly struct SumOfDifference32U : IMap<uint, uint, uint, uint>
{
    public static uint Apply(uint a, uint b, uint c) => Math.Max(a, b) - Math.Min(a, b) + c;
}

/// <summary>Addition that stays at the ends of the signed range (<c>add.sat.s32</c>).</summary>
internal readonly struct AddSaturated : IMap<int, int, int>
{
    public static int Apply(int a, int b) => (int)Math.Clamp((long)a + b, int.MinValue, int.MaxValue);
}

/// <summary>Subtraction that stays at the ends of the signed range (<c>sub.sat.s32</c>).</summary>
internal readonly struct SubtractSaturated : IMap<int, int, int>
{
    public static int Apply(int a, int b) => (int)Math.Clamp((long)a - b, int.MinValue, int.MaxValue);
}
