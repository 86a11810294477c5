using System.Runtime.Intrinsics.X86;

namespace PtxSimulator.Operations;

/// <summary>
/// <c>shfl.sync</c>: value at A, lane argument at B, clamp and segment mask at C, member mask at E, mode in Immediate, predicate
/// in Target (-1: none).
/// </summary>
internal static unsafe class Shuffles
{
    public const int Up = 0, Down = 1, Butterfly = 2, Index = 3;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Execute(Warp warp, Instruction instruction, uint mask)
    {
        if (mask == Warp.AllLanes && Avx512F.IsSupported && AllMembers((uint*)(warp.Registers + instruction.E)))
        {
            WholeWarp(warp, instruction);
        }
        else
        {
            LaneByLane(warp, instruction, mask);
        }
    }

    private static bool AllMembers(uint* members) =>
        (Vector512.Load(members) & Vector512.Load(members + 16)) == Vector512<uint>.AllBitsSet;

    /// <summary>All lanes at once: no lane can read one that is not there.</summary>
    private static void WholeWarp(Warp warp, Instruction instruction)
    {
        byte* registers = warp.Registers;
        uint* values = (uint*)(registers + instruction.A);
        var (low, high) = (Vector512.Load(values), Vector512.Load(values + 16));
        uint inRange = 0;
        for (int half = 0; half < 32; half += 16)
        {
            var lane = Vector512<int>.Indices + Vector512.Create(half);
            var argument = Vector512.Load((int*)(registers + instruction.B) + half) & Vector512.Create(31);
            var limits = Vector512.Load((int*)(registers + instruction.C) + half);
            var segment = limits >> 8 & Vector512.Create(31);
            var lowest = lane & segment;
            var highest = lowest | limits & Vector512.Create(31) & ~segment;
            var source = instruction.Immediate switch
            {
                Up => lane - argument,
                Down => lane + argument,
                Butterfly => lane ^ argument,
                _ => lowest | argument & ~segment,
            };
            var valid = instruction.Immediate == Up ? Vector512.GreaterThanOrEqual(source, highest) : Vector512.LessThanOrEqual(source, highest);
            source = Vector512.ConditionalSelect(valid, source, lane);
            inRange |= (uint)valid.ExtractMostSignificantBits() << half;
            Avx512F.PermuteVar16x32x2(low, source.AsUInt32(), high).Store((uint*)(registers + instruction.D) + half);
        }
        if (instruction.Target >= 0)
        {
            *(uint*)(registers + instruction.Target) = inRange;
        }
    }

    private static void LaneByLane(Warp warp, Instruction instruction, uint mask)
    {
        byte* registers = warp.Registers;
        uint* values = (uint*)(registers + instruction.A), arguments = (uint*)(registers + instruction.B);
        uint* clamps = (uint*)(registers + instruction.C), members = (uint*)(registers + instruction.E), results = (uint*)(registers + instruction.D);
        uint* taken = stackalloc uint[32];
        uint inRange = 0;
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            int argument = (int)(arguments[lane] & 31), clamp = (int)(clamps[lane] & 31), segment = (int)(clamps[lane] >> 8 & 31);
            int highest = (lane & segment) | (clamp & ~segment), lowest = lane & segment;
            int source = instruction.Immediate switch
            {
                Up => lane - argument,
                Down => lane + argument,
                Butterfly => lane ^ argument,
                _ => lowest | (argument & ~segment & 31),
            };
            bool valid = instruction.Immediate == Up ? source >= highest : source <= highest;
            source = valid ? source : lane;
            if ((mask >> source & 1) == 0 || (members[lane] >> source & 1) == 0)
            {
                throw new AccessException(CudaResult.LaunchFailed, lane, $"the shuffle reads lane {source}, which {((warp.Live >> source & 1) == 0 ? "does not run" : "is not a member")} (member mask 0x{members[lane]:x8})");
            }
            inRange |= valid ? 1u << lane : 0;
            taken[lane] = values[source];
        }
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            results[lane] = taken[lane];
        }
        if (instruction.Target >= 0)
        {
            Predicates.Write(registers, instruction.Target, inRange, mask);
        }
    }
}
