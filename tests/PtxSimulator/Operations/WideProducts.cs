namespace PtxSimulator.Operations;

internal interface IWiden
{
    /// <summary>Eight 32-bit numbers as 64-bit ones. Products of these have the right low 64 bits for both kinds.</summary>
    static abstract Vector512<ulong> Extend(Vector256<uint> a);
}

internal readonly struct WidenSigned : IWiden
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Extend(Vector256<uint> a)
    {
        var (low, high) = Vector256.Widen(a.AsInt32());
        return Vector512.Create(low, high).AsUInt64();
    }
}

internal readonly struct WidenUnsigned : IWiden
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Extend(Vector256<uint> a)
    {
        var (low, high) = Vector256.Widen(a);
        return Vector512.Create(low, high);
    }
}

/// <summary><c>mul.wide</c> and <c>mad.wide</c> of 32-bit numbers, the arithmetic of addresses.</summary>
internal static unsafe class WideProducts
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<TWiden>(Warp warp, Instruction instruction, uint mask)
        where TWiden : struct, IWiden
    {
        byte* registers = warp.Registers;
        uint* a = (uint*)(registers + instruction.A), b = (uint*)(registers + instruction.B);
        ulong* d = (ulong*)(registers + instruction.D);
        bool all = mask == Warp.AllLanes;
        for (int lane = 0; lane < 32; lane += 8)
        {
            Lanes.Store(d + lane, TWiden.Extend(Vector256.Load(a + lane)) * TWiden.Extend(Vector256.Load(b + lane)), mask >> lane, all);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyAdd<TWiden>(Warp warp, Instruction instruction, uint mask)
        where TWiden : struct, IWiden
    {
        byte* registers = warp.Registers;
        uint* a = (uint*)(registers + instruction.A), b = (uint*)(registers + instruction.B);
        ulong* c = (ulong*)(registers + instruction.C), d = (ulong*)(registers + instruction.D);
        bool all = mask == Warp.AllLanes;
        for (int lane = 0; lane < 32; lane += 8)
        {
            var product = TWiden.Extend(Vector256.Load(a + lane)) * TWiden.Extend(Vector256.Load(b + lane));
            Lanes.Store(d + lane, product + Vector512.Load(c + lane), mask >> lane, all);
        }
    }
}

/// <summary>16-bit numbers live zero-extended in 32-bit lanes; these operations read and leave them so.</summary>
internal readonly struct MultiplyWide16S : IMap<uint, uint, uint>
{
    public static uint Apply(uint a, uint b) => (uint)((short)a * (short)b);
}

internal readonly struct MultiplyWide16U : IMap<uint, uint, uint>
{
    public static uint Apply(uint a, uint b) => (uint)((ushort)a * (ushort)b);
}

/// <summary>Any 16-bit operation: the operands taken as <typeparamref name="T"/>, the result cut to 16 bits.</summary>
internal readonly struct Narrow<T, TOperation> : IMap<uint, uint, uint>
    where T : System.Numerics.IBinaryInteger<T>
    where TOperation : struct, IMap<T, T, T>
{
    public static uint Apply(uint a, uint b) => uint.CreateTruncating(TOperation.Apply(T.CreateTruncating(a), T.CreateTruncating(b))) & 0xffff;
}

/// <summary>A 16-bit operation with three operands.</summary>
internal readonly struct Narrow3<T, TOperation> : IMap<uint, uint, uint, uint>
    where T : System.Numerics.IBinaryInteger<T>
    where TOperation : struct, IMap<T, T, T, T>
{
    public static uint Apply(uint a, uint b, uint c) =>
        uint.CreateTruncating(TOperation.Apply(T.CreateTruncating(a), T.CreateTruncating(b), T.CreateTruncating(c))) & 0xffff;
}

internal readonly struct AddInteger<T> : IMap<T, T, T>
    where T : System.Numerics.IBinaryInteger<T>
{
    public static T Apply(T a, T b) => unchecked(a + b);
}

internal readonly struct SubtractInteger<T> : IMap<T, T, T>
    where T : System.Numerics.IBinaryInteger<T>
{
    public static T Apply(T a, T b) => unchecked(a - b);
}

internal readonly struct MultiplyInteger<T> : IMap<T, T, T>
    where T : System.Numerics.IBinaryInteger<T>
{
    public static T Apply(T a, T b) => unchecked(a * b);
}

internal readonly struct MultiplyAddInteger<T> : IMap<T, T, T, T>
    where T : System.Numerics.IBinaryInteger<T>
{
    public static T Apply(T a, T b, T c) => unchecked(a * b + c);
}

internal readonly struct MinInteger<T> : IMap<T, T, T>
    where T : System.Numerics.IBinaryInteger<T>
{
    public static T Apply(T a, T b) => T.Min(a, b);
}

internal readonly struct MaxInteger<T> : IMap<T, T, T>
    where T : System.Numerics.IBinaryInteger<T>
{
    public static T Apply(T a, T b) => T.Max(a, b);
}

/// <summary>The high half of a product of 16-bit numbers.</summary>
internal readonly struct MultiplyHigh16<T> : IMap<T, T, T>
    where T : System.Numerics.IBinaryInteger<T>
{
    public static T Apply(T a, T b) => T.CreateTruncating(int.CreateTruncating(a) * int.CreateTruncating(b) >> 16);
}

/// <summary>Shift of a 16-bit number: the amount is 32 bits and shifts of 16 and more empty it (or fill it with the sign).</summary>
internal readonly struct ShiftLeft16 : IMap<uint, uint, uint>
{
    public static uint Apply(uint a, uint b) => b > 15 ? 0 : a << (int)b & 0xffff;
}

internal readonly struct ShiftRight16 : IMap<uint, uint, uint>
{
    public static uint Apply(uint a, uint b) => b > 15 ? 0 : a >> (int)b;
}

internal readonly struct ShiftRight16S : IMap<uint, uint, uint>
{
    public static uint Apply(uint a, uint b) => (uint)((short)a >> (int)Math.Min(b, 15)) & 0xffff;
}

internal readonly struct Not16 : IMap<uint, uint>
{
    public static uint Apply(uint a) => ~a & 0xffff;
}

internal readonly struct Negate16 : IMap<uint, uint>
{
    public static uint Apply(uint a) => (uint)-(short)a & 0xffff;
}

internal readonly struct Absolute16 : IMap<uint, uint>
{
    public static uint Apply(uint a) => (uint)Math.Abs((int)(short)a) & 0xffff;
}

/// <summary>Sign-extends the low 16 bits, so that 16-bit numbers can be compared as 32-bit ones.</summary>
internal readonly struct SignExtend16 : IMap<uint, uint>
{
    public static uint Apply(uint a) => (uint)(short)a;
}
