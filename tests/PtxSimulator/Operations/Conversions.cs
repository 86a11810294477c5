namespace PtxSimulator.Operations;

internal interface IRounding
{
    static abstract double Round(double value);
}

internal readonly struct RoundNearest : IRounding
{
    public static double Round(double value) => Math.Round(value, MidpointRounding.ToEven);
}

internal readonly struct RoundZero : IRounding
{
    public static double Round(double value) => Math.Truncate(value);
}

internal readonly struct RoundFloor : IRounding
{
    public static double Round(double value) => Math.Floor(value);
}

internal readonly struct RoundCeiling : IRounding
{
    public static double Round(double value) => Math.Ceiling(value);
}

/// <summary><c>cvt</c> between any two number types. A row element is 4 or 8 bytes; narrow types sit in its low bytes.</summary>
internal static unsafe class Conversions
{
    /// <summary>
    /// Converts <typeparamref name="TA"/> to <typeparamref name="TD"/> as .NET does without checks: integers are cut, floats
    /// rounded to nearest even. <see cref="Instruction.Immediate"/> is the mask of the destination register, <c>WideAddress</c>
    /// and <c>WideRows</c> tell whether source and destination are 64-bit rows.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Convert<TA, TD>(Warp warp, Instruction instruction, uint mask)
        where TA : unmanaged, INumber<TA>
        where TD : unmanaged, INumber<TD>
    {
        byte* a = warp.Registers + instruction.A, d = warp.Registers + instruction.D;
        int step = instruction.WideAddress ? 8 : 4;
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            Put(d, lane, TD.CreateTruncating(*(TA*)(a + lane * step)), instruction);
        }
    }

    /// <summary>As <see cref="Convert{TA,TD}"/>, but numbers beyond the range of the destination go to its ends and NaN to 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ConvertSaturated<TA, TD>(Warp warp, Instruction instruction, uint mask)
        where TA : unmanaged, INumber<TA>
        where TD : unmanaged, INumber<TD>
    {
        byte* a = warp.Registers + instruction.A, d = warp.Registers + instruction.D;
        int step = instruction.WideAddress ? 8 : 4;
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            Put(d, lane, TD.CreateSaturating(*(TA*)(a + lane * step)), instruction);
        }
    }

    /// <summary>A float to an integer: rounded as asked, then clamped to the range; NaN becomes 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Round<TA, TD, TRounding>(Warp warp, Instruction instruction, uint mask)
        where TA : unmanaged, IFloatingPoint<TA>
        where TD : unmanaged, INumber<TD>
        where TRounding : struct, IRounding
    {
        byte* a = warp.Registers + instruction.A, d = warp.Registers + instruction.D;
        int step = instruction.WideAddress ? 8 : 4;
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            Put(d, lane, TD.CreateSaturating(TRounding.Round(double.CreateTruncating(*(TA*)(a + lane * step)))), instruction);
        }
    }

    /// <summary>Writes a number into a register: signed ones extended to the register's width, the rest of the element zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<TD>(byte* row, int lane, TD value, Instruction instruction)
        where TD : unmanaged, INumber<TD>
    {
        ulong bits = sizeof(TD) switch
        {
            1 => TD.IsNegative(value) ? (ulong)*(sbyte*)&value : *(byte*)&value,
            2 => typeof(TD) == typeof(short) ? (ulong)*(short*)&value : *(ushort*)&value,
            4 => typeof(TD) == typeof(int) ? (ulong)*(int*)&value : *(uint*)&value,
            _ => *(ulong*)&value,
        };
        bits &= (ulong)instruction.Immediate;
        if (instruction.WideRows)
        {
            ((ulong*)row)[lane] = bits;
        }
        else
        {
            ((uint*)row)[lane] = (uint)bits;
        }
    }

    /// <summary>Extends 32-bit lanes to 64 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Widen<TWiden>(Warp warp, Instruction instruction, uint mask)
        where TWiden : struct, IWiden
    {
        uint* a = (uint*)(warp.Registers + instruction.A);
        ulong* d = (ulong*)(warp.Registers + instruction.D);
        for (int lane = 0; lane < 32; lane += 8)
        {
            Lanes.Store(d + lane, TWiden.Extend(Vector256.Load(a + lane)), mask >> lane, mask == Warp.AllLanes);
        }
    }

    /// <summary>Keeps the low 32 bits of 64-bit lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void NarrowTo32(Warp warp, Instruction instruction, uint mask)
    {
        ulong* a = (ulong*)(warp.Registers + instruction.A);
        uint* d = (uint*)(warp.Registers + instruction.D);
        for (int lane = 0; lane < 32; lane += 16)
        {
            Lanes.Store(d + lane, Vector512.Narrow(Vector512.Load(a + lane), Vector512.Load(a + lane + 8)), mask >> lane, mask == Warp.AllLanes);
        }
    }

    /// <summary>Two singles to a pair of halves; the first operand becomes the high half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PackHalves(Warp warp, Instruction instruction, uint mask)
    {
        float* a = (float*)(warp.Registers + instruction.A), b = (float*)(warp.Registers + instruction.B);
        uint* d = (uint*)(warp.Registers + instruction.D);
        for (int lane = 0; lane < 32; lane += 16)
        {
            var high = HalfVectors.FromSingle(Vector512.Load(a + lane));
            var low = HalfVectors.FromSingle(Vector512.Load(b + lane));
            Lanes.Store(d + lane, low | high << 16, mask >> lane, mask == Warp.AllLanes);
        }
    }
}

/// <summary>Two singles to a pair of halves with negative results cut to zero (<c>.relu</c>).</summary>
internal readonly struct PackHalvesRelu : IMap<float, float, uint>
{
    public static uint Apply(float a, float b) => HalfBits.Two((Half)float.MaxNumber(b, 0), (Half)float.MaxNumber(a, 0));
}

internal readonly struct HalfToSingle : IUnary<uint>
{
    public static Vector512<uint> Apply(Vector512<uint> a) => HalfVectors.ToSingle(a).AsUInt32();
}

internal readonly struct SingleToHalf : IUnary<uint>
{
    public static Vector512<uint> Apply(Vector512<uint> a) => HalfVectors.FromSingle(a.AsSingle());
}

internal readonly struct SignedToSingle : IUnary<int>
{
    public static Vector512<int> Apply(Vector512<int> a) => Vector512.ConvertToSingle(a).AsInt32();
}
