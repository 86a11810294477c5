namespace PtxSimulator.Operations;

internal readonly struct PopulationCount32 : IMap<uint, uint>
{
    public static uint Apply(uint a) => (uint)BitOperations.PopCount(a);
}

internal readonly struct PopulationCount64 : IMap<ulong, uint>
{
    public static uint Apply(ulong a) => (uint)BitOperations.PopCount(a);
}

internal readonly struct LeadingZeros32 : IMap<uint, uint>
{
    public static uint Apply(uint a) => (uint)BitOperations.LeadingZeroCount(a);
}

internal readonly struct LeadingZeros64 : IMap<ulong, uint>
{
    public static uint Apply(ulong a) => (uint)BitOperations.LeadingZeroCount(a);
}

internal readonly struct ReverseBits32 : IMap<uint, uint>
{
    public static uint Apply(uint a) => (uint)(ReverseBits64.Apply(a) >> 32);
}

internal readonly struct ReverseBits64 : IMap<ulong, ulong>
{
    public static ulong Apply(ulong a)
    {
        a = a >> 1 & 0x5555555555555555 | (a & 0x5555555555555555) << 1;
        a = a >> 2 & 0x3333333333333333 | (a & 0x3333333333333333) << 2;
        a = a >> 4 & 0x0f0f0f0f0f0f0f0f | (a & 0x0f0f0f0f0f0f0f0f) << 4;
        return System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(a);
    }
}

/// <summary>Position of the highest bit that is set (for negative numbers: clear), or all ones.</summary>
internal readonly struct FindHighest<T> : IMap<T, uint>
    where T : IBinaryInteger<T>
{
    public static uint Apply(T a)
    {
        var bits = T.IsNegative(a) ? ~a : a;
        return bits == T.Zero ? ~0u : (uint)(int.CreateTruncating(T.Log2(bits)));
    }
}

/// <summary>How far the bit that <see cref="FindHighest{T}"/> finds lies below the top (<c>.shiftamt</c>), or all ones.</summary>
internal readonly struct FindShift<T> : IMap<T, uint>
    where T : IBinaryInteger<T>
{
    public static uint Apply(T a)
    {
        uint position = FindHighest<T>.Apply(a);
        return position == ~0u ? position : uint.CreateTruncating(T.PopCount(T.AllBitsSet)) - 1 - position;
    }
}

/// <summary><c>bfe</c>: a field of a number, sign-extended for signed types.</summary>
internal readonly struct ExtractField<T> : IMap<T, uint, uint, T>
    where T : IBinaryInteger<T>
{
    public static T Apply(T a, uint position, uint length)
    {
        int width = int.CreateTruncating(T.PopCount(T.AllBitsSet)), start = (int)(position & 255), count = (int)(length & 255);
        if (count == 0)
        {
            return T.Zero;
        }
        bool signed = T.IsNegative(~T.Zero);
        var sign = signed && T.IsNegative(a << (width - 1 - Math.Min(start + count - 1, width - 1))) ? ~T.Zero : T.Zero;
        if (start >= width)
        {
            return sign;
        }
        var field = a >>> start;
        return count >= width ? (start == 0 ? field : field | Above(sign, width - start, width)) : field & Low(count) | Above(sign, Math.Min(count, width - start), width);
    }

    private static T Low(int count) => (T.One << count) - T.One;

    private static T Above(T sign, int count, int width) => count >= width ? T.Zero : sign << count;
}

/// <summary><c>bfi</c>: a field of the first operand put into the second.</summary>
internal static unsafe class InsertField
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Execute<T>(Warp warp, Instruction instruction, uint mask)
        where T : unmanaged, IBinaryInteger<T>
    {
        byte* registers = warp.Registers;
        T* a = (T*)(registers + instruction.A), b = (T*)(registers + instruction.B), d = (T*)(registers + instruction.D);
        uint* positions = (uint*)(registers + instruction.C), lengths = (uint*)(registers + instruction.E);
        int width = sizeof(T) * 8;
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest), start = (int)(positions[lane] & 255), count = (int)(lengths[lane] & 255);
            var field = count >= width ? ~T.Zero : (T.One << count) - T.One;
            field = start >= width ? T.Zero : field << start;
            d[lane] = b[lane] & ~field | (start >= width ? T.Zero : a[lane] << start) & field;
        }
    }
}

/// <summary><c>prmt.b32</c> in its default mode: picks four bytes out of eight.</summary>
internal readonly struct PermuteBytes : IMap<uint, uint, uint, uint>
{
    public static uint Apply(uint a, uint b, uint selector)
    {
        ulong bytes = a | (ulong)b << 32;
        uint result = 0;
        for (int i = 0; i < 4; i++)
        {
            uint pick = selector >> (i * 4) & 15;
            uint value = (uint)(bytes >> (int)(pick & 7) * 8) & 255;
            value = pick < 8 ? value : (value & 128) != 0 ? 255u : 0;
            result |= value << (i * 8);
        }
        return result;
    }
}

/// <summary><c>lop3.b32</c>: any function of three bits, given by its truth table in <see cref="Instruction.Immediate"/>.</summary>
internal static unsafe class Logic3
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Execute(Warp warp, Instruction instruction, uint mask)
    {
        byte* registers = warp.Registers;
        uint* a = (uint*)(registers + instruction.A), b = (uint*)(registers + instruction.B);
        uint* c = (uint*)(registers + instruction.C), d = (uint*)(registers + instruction.D);
        for (int lane = 0; lane < 32; lane += 16)
        {
            var (x, y, z) = (Vector512.Load(a + lane), Vector512.Load(b + lane), Vector512.Load(c + lane));
            var result = Vector512<uint>.Zero;
            for (int row = 0; row < 8; row++)
            {
                if ((instruction.Immediate >> row & 1) != 0)
                {
                    result |= ((row & 4) != 0 ? x : ~x) & ((row & 2) != 0 ? y : ~y) & ((row & 1) != 0 ? z : ~z);
                }
            }
            Lanes.Store(d + lane, result, mask >> lane, mask == Warp.AllLanes);
        }
    }
}

/// <summary><c>shf</c>: 32 bits out of a pair shifted left or right, the amount clamped to 32 or taken modulo 32.</summary>
internal readonly struct FunnelLeftWrap : IMap<uint, uint, uint, uint>
{
    public static uint Apply(uint low, uint high, uint amount) => (uint)(((ulong)high << 32 | low) << (int)(amount & 31) >> 32);
}

internal readonly struct FunnelRightWrap : IMap<uint, uint, uint, uint>
{
    public static uint Apply(uint low, uint high, uint amount) => (uint)(((ulong)high << 32 | low) >> (int)(amount & 31));
}

internal readonly struct FunnelLeftClamp : IMap<uint, uint, uint, uint>
{
    public static uint Apply(uint low, uint high, uint amount) => amount >= 32 ? low : FunnelLeftWrap.Apply(low, high, amount);
}

internal readonly struct FunnelRightClamp : IMap<uint, uint, uint, uint>
{
    public static uint Apply(uint low, uint high, uint amount) => amount >= 32 ? high : FunnelRightWrap.Apply(low, high, amount);
}
