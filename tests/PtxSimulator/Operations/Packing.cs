namespace PtxSimulator.Operations;

/// <summary><c>mov</c> between a register and the parts it consists of, low part first; and the clocks.</summary>
internal static unsafe class Packing
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack32(Warp warp, Instruction instruction, uint mask)
    {
        uint* low = (uint*)(warp.Registers + instruction.Rows[0]), high = (uint*)(warp.Registers + instruction.Rows[1]);
        uint* target = (uint*)(warp.Registers + instruction.D);
        for (int lane = 0; lane < 32; lane += 16)
        {
            var packed = Vector512.Load(low + lane) & Vector512.Create(0xffffu) | Vector512.Load(high + lane) << 16;
            Lanes.Store(target + lane, packed, mask >> lane, mask == Warp.AllLanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Unpack32(Warp warp, Instruction instruction, uint mask)
    {
        uint* low = (uint*)(warp.Registers + instruction.Rows[0]), high = (uint*)(warp.Registers + instruction.Rows[1]);
        uint* source = (uint*)(warp.Registers + instruction.A);
        for (int lane = 0; lane < 32; lane += 16)
        {
            var packed = Vector512.Load(source + lane);
            Lanes.Store(low + lane, packed & Vector512.Create(0xffffu), mask >> lane, mask == Warp.AllLanes);
            Lanes.Store(high + lane, packed >>> 16, mask >> lane, mask == Warp.AllLanes);
        }
    }

    public static void Pack64(Warp warp, Instruction instruction, uint mask)
    {
        ulong* target = (ulong*)(warp.Registers + instruction.D);
        int bits = 64 / instruction.Rows.Length;
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            ulong value = 0;
            for (int i = instruction.Rows.Length - 1; i >= 0; i--)
            {
                value = value << bits | ((uint*)(warp.Registers + instruction.Rows[i]))[lane];
            }
            target[lane] = value;
        }
    }

    public static void Unpack64(Warp warp, Instruction instruction, uint mask)
    {
        ulong* source = (ulong*)(warp.Registers + instruction.A);
        int bits = 64 / instruction.Rows.Length;
        ulong part = (1ul << bits) - 1;
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            ulong value = source[lane];
            foreach (int row in instruction.Rows)
            {
                ((uint*)(warp.Registers + row))[lane] = (uint)(value & part);
                value >>= bits;
            }
        }
    }

    /// <summary>A clock that ticks at every reading.</summary>
    public static void Clock32(Warp warp, Instruction instruction, uint mask)
    {
        uint* target = (uint*)(warp.Registers + instruction.D);
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            target[BitOperations.TrailingZeroCount(rest)] = (uint)warp.Block.Tick();
        }
    }

    public static void Clock64(Warp warp, Instruction instruction, uint mask)
    {
        ulong* target = (ulong*)(warp.Registers + instruction.D);
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            target[BitOperations.TrailingZeroCount(rest)] = (ulong)warp.Block.Tick();
        }
    }
}
