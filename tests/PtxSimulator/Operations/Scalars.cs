namespace PtxSimulator.Operations;

internal interface IMap<TA, TD>
{
    static abstract TD Apply(TA a);
}

internal interface IMap<TA, TB, TD>
{
    static abstract TD Apply(TA a, TB b);
}

internal interface IMap<TA, TB, TC, TD>
{
    static abstract TD Apply(TA a, TB b, TC c);
}

/// <summary>Handlers that treat one lane after another, for operations without a vector form. A row holds 4- or 8-byte elements.</summary>
internal static unsafe class Scalars
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Map<TA, TD, TOperation>(Warp warp, Instruction instruction, uint mask)
        where TA : unmanaged
        where TD : unmanaged
        where TOperation : struct, IMap<TA, TD>
    {
        byte* registers = warp.Registers;
        TA* a = (TA*)(registers + instruction.A);
        TD* d = (TD*)(registers + instruction.D);
        if (mask == Warp.AllLanes)
        {
            for (int lane = 0; lane < 32; lane++)
            {
                d[lane] = TOperation.Apply(a[lane]);
            }
            return;
        }
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            d[lane] = TOperation.Apply(a[lane]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Map<TA, TB, TD, TOperation>(Warp warp, Instruction instruction, uint mask)
        where TA : unmanaged
        where TB : unmanaged
        where TD : unmanaged
        where TOperation : struct, IMap<TA, TB, TD>
    {
        byte* registers = warp.Registers;
        TA* a = (TA*)(registers + instruction.A);
        TB* b = (TB*)(registers + instruction.B);
        TD* d = (TD*)(registers + instruction.D);
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            d[lane] = TOperation.Apply(a[lane], b[lane]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Map<TA, TB, TC, TD, TOperation>(Warp warp, Instruction instruction, uint mask)
        where TA : unmanaged
        where TB : unmanaged
        where TC : unmanaged
        where TD : unmanaged
        where TOperation : struct, IMap<TA, TB, TC, TD>
    {
        byte* registers = warp.Registers;
        TA* a = (TA*)(registers + instruction.A);
        TB* b = (TB*)(registers + instruction.B);
        TC* c = (TC*)(registers + instruction.C);
        TD* d = (TD*)(registers + instruction.D);
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            d[lane] = TOperation.Apply(a[lane], b[lane], c[lane]);
        }
    }
}
