namespace PtxSimulator.Operations;

/// <summary>Predicates: one bit per lane in 32 bits.</summary>
internal static unsafe class Predicates
{
    /// <summary>How a comparison combines with another predicate (<see cref="Instruction.Immediate"/> of a <c>setp</c>).</summary>
    public const int Plain = 0, And = 1, Or = 2, Xor = 3;

    /// <summary>Bit added to the combination where the other predicate is negated.</summary>
    public const int NotOther = 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Set(byte* registers, Instruction instruction, uint result, uint mask)
    {
        uint first = result, second = ~result;
        if (instruction.Immediate != Plain)
        {
            uint other = *(uint*)(registers + instruction.C);
            other = (instruction.Immediate & NotOther) != 0 ? ~other : other;
            (first, second) = (instruction.Immediate & 3) switch
            {
                And => (first & other, second & other),
                Or => (first | other, second | other),
                _ => (first ^ other, second ^ other),
            };
        }
        Write(registers, instruction.D, first, mask);
        if (instruction.E >= 0)
        {
            Write(registers, instruction.E, second, mask);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(byte* registers, int offset, uint value, uint mask)
    {
        uint* predicate = (uint*)(registers + offset);
        *predicate = *predicate & ~mask | value & mask;
    }

    public static void Move(Warp warp, Instruction instruction, uint mask) =>
        Write(warp.Registers, instruction.D, *(uint*)(warp.Registers + instruction.A), mask);

    public static void Not(Warp warp, Instruction instruction, uint mask) =>
        Write(warp.Registers, instruction.D, ~*(uint*)(warp.Registers + instruction.A), mask);

    public static void Both(Warp warp, Instruction instruction, uint mask) =>
        Write(warp.Registers, instruction.D, *(uint*)(warp.Registers + instruction.A) & *(uint*)(warp.Registers + instruction.B), mask);

    public static void Either(Warp warp, Instruction instruction, uint mask) =>
        Write(warp.Registers, instruction.D, *(uint*)(warp.Registers + instruction.A) | *(uint*)(warp.Registers + instruction.B), mask);

    public static void Differ(Warp warp, Instruction instruction, uint mask) =>
        Write(warp.Registers, instruction.D, *(uint*)(warp.Registers + instruction.A) ^ *(uint*)(warp.Registers + instruction.B), mask);
}
