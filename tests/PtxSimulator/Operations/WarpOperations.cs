namespace PtxSimulator.Operations;

/// <summary>Votes, matches and reductions across a warp. The member mask is at E of the instruction.</summary>
internal static unsafe class WarpOperations
{
    public const int All = 0, Any = 1, Uniform = 2, Ballot = 3;

    /// <summary><c>vote.sync</c>: predicate at A (negated where SignExtends), mode in Immediate.</summary>
    public static void Vote(Warp warp, Instruction instruction, uint mask)
    {
        byte* registers = warp.Registers;
        uint predicate = *(uint*)(registers + instruction.A);
        predicate = instruction.SignExtends ? ~predicate : predicate;
        uint* members = (uint*)(registers + instruction.E), results = (uint*)(registers + instruction.D);
        uint answer = 0;
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            uint group = members[lane] & mask, set = predicate & group;
            bool yes = instruction.Immediate switch
            {
                All => set == group,
                Any => set != 0,
                _ => set == group || set == 0,
            };
            answer |= yes ? 1u << lane : 0;
            if (instruction.Immediate == Ballot)
            {
                results[lane] = set;
            }
        }
        if (instruction.Immediate != Ballot)
        {
            Predicates.Write(registers, instruction.D, answer, mask);
        }
    }

    /// <summary><c>activemask</c>: the lanes that run together right now.</summary>
    public static void ActiveMask(Warp warp, Instruction instruction, uint mask)
    {
        uint* results = (uint*)(warp.Registers + instruction.D);
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            results[BitOperations.TrailingZeroCount(rest)] = mask;
        }
    }

    /// <summary><c>match.any.sync</c> and <c>match.all.sync</c> (Immediate 1) of 32- or 64-bit values (WideAddress); predicate in Target.</summary>
    public static void Match(Warp warp, Instruction instruction, uint mask)
    {
        byte* registers = warp.Registers;
        uint* members = (uint*)(registers + instruction.E), results = (uint*)(registers + instruction.D);
        uint agreed = 0;
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            uint group = members[lane] & mask, equal = 0;
            for (uint others = group; others != 0; others &= others - 1)
            {
                int other = BitOperations.TrailingZeroCount(others);
                equal |= Value(registers, instruction, other) == Value(registers, instruction, lane) ? 1u << other : 0;
            }
            agreed |= equal == group ? 1u << lane : 0;
            results[lane] = instruction.Immediate == 0 ? equal : equal == group ? group : 0;
        }
        if (instruction.Target >= 0)
        {
            Predicates.Write(registers, instruction.Target, agreed, mask);
        }
    }

    /// <summary><c>redux.sync</c>: one result over all members.</summary>
    public static void Reduce<TOperation>(Warp warp, Instruction instruction, uint mask)
        where TOperation : struct, IMap<uint, uint, uint>
    {
        byte* registers = warp.Registers;
        uint* values = (uint*)(registers + instruction.A), members = (uint*)(registers + instruction.E), results = (uint*)(registers + instruction.D);
        uint* sums = stackalloc uint[32];
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            uint group = members[lane] & mask;
            uint sum = values[BitOperations.TrailingZeroCount(group)];
            for (uint others = group & (group - 1); others != 0; others &= others - 1)
            {
                sum = TOperation.Apply(sum, values[BitOperations.TrailingZeroCount(others)]);
            }
            sums[lane] = sum;
        }
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            results[lane] = sums[lane];
        }
    }

    /// <summary><c>bar.warp.sync</c>: from here on the lanes see what the others wrote to shared memory.</summary>
    public static void Synchronize(Warp warp, Instruction instruction, uint mask) => warp.Stamp = warp.Block.Shared.Step();

    private static ulong Value(byte* registers, Instruction instruction, int lane) => instruction.WideAddress
        ? ((ulong*)(registers + instruction.A))[lane]
        : ((uint*)(registers + instruction.A))[lane];
}
