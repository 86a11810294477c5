namespace PtxSimulator.Execution;

/// <summary>Where a warp stopped.</summary>
internal enum WarpState
{
    Ready,
    AtBarrier,
    Exited,
}

/// <summary>
/// 32 lanes that execute one instruction at a time. Lanes that went different ways are kept apart by their program counters:
/// the group with the lowest one runs first, and groups merge where they meet. Lanes at a collective wait for those it names.
/// </summary>
internal sealed unsafe partial class Warp
{
    public const uint AllLanes = ~0u;

    private readonly int[] _lanePc = new int[32];
    private uint _active;
    private uint _parked;
    private uint _blocked;
    private int _pc;
    private int _nextPc;

    public Warp(Kernel kernel, Block block, int index)
    {
        Kernel = kernel;
        Block = block;
        Index = index;
        Registers = (byte*)NativeMemory.AlignedAlloc((nuint)kernel.RegisterBytes + 64, 64);
        NativeMemory.Fill(Registers, (nuint)kernel.RegisterBytes, 0x7f);
        Local = kernel.LocalBytes == 0 ? null : (byte*)NativeMemory.AlignedAlloc((nuint)kernel.LocalBytes * 32, 64);
        foreach (var (offset, value) in kernel.Constants32)
        {
            new Span<uint>(Registers + offset, 32).Fill(value);
        }
        foreach (var (offset, value) in kernel.Constants64)
        {
            new Span<ulong>(Registers + offset, 32).Fill(value);
        }
        foreach (var (offset, value) in kernel.ConstantPredicates)
        {
            *(uint*)(Registers + offset) = value ? AllLanes : 0;
        }
    }

    public byte* Registers { get; private set; }

    /// <summary>Local memory: <see cref="Execution.Kernel.LocalBytes"/> bytes per lane, lane after lane.</summary>
    public byte* Local { get; private set; }

    public Kernel Kernel { get; }

    public Block Block { get; }

    public int Index { get; }

    /// <summary>Lanes that exist in this block.</summary>
    public uint Started { get; private set; }

    /// <summary>Lanes that have not exited.</summary>
    public uint Live { get; private set; }

    public WarpState State { get; set; }

    /// <summary>Block time of the last point at which the lanes of this warp saw each other's shared memory (see <see cref="SharedMemory"/>).</summary>
    public uint Stamp { get; set; }

    /// <summary>The barrier this warp stands at while <see cref="State"/> is <see cref="WarpState.AtBarrier"/>.</summary>
    public Instruction? Barrier { get; private set; }

    public AsyncCopies Copies { get; } = new();

    /// <summary>Lanes that have waited for the launch before theirs, or need not.</summary>
    public uint Waited { get; private set; }

    /// <summary>Lanes wait for the launch before theirs.</summary>
    public void WaitForPredecessor(uint lanes)
    {
        Waited |= lanes;
        Block.Counters.PredecessorWaits++;
    }

    /// <summary>Instructions issued in the current block.</summary>
    public long Issued { get; private set; }

    /// <summary>Puts the warp at the first instruction of a new block.</summary>
    public void Start()
    {
        long lanes = Math.Min(32, Block.Shape.Block.Count - Index * 32L);
        Started = lanes == 32 ? AllLanes : (1u << (int)lanes) - 1;
        Live = Started;
        _active = Started;
        _parked = 0;
        _blocked = 0;
        _pc = 0;
        _nextPc = int.MaxValue;
        State = WarpState.Ready;
        Stamp = 1;
        Issued = 0;
        Waited = Block.Shape.Overlaps ? 0 : AllLanes;
        Copies.Reset();
        SpecialRegisters.Fill(this);
    }

    public void Free()
    {
        NativeMemory.AlignedFree(Registers);
        NativeMemory.AlignedFree(Local);
        Registers = null;
        Local = null;
    }

    /// <summary>Runs until the warp exits, reaches a barrier, or has issued about <paramref name="budget"/> instructions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(long budget)
    {
        var code = Kernel.Code;
        int pc = _pc;
        uint active = _active;
        long issued = 0;
        Instruction? current = null;
        try
        {
            while (true)
            {
                if (pc >= _nextPc)
                {
                    Park(active, pc);
                    Regroup();
                    (pc, active) = (_pc, _active);
                }
                var instruction = current = code[pc];
                issued++;
                switch (instruction.Flow)
                {
                    case Flow.Plain:
                        instruction.Execute(this, instruction, active);
                        pc++;
                        continue;
                    case Flow.Guarded:
                        uint mask = Guarded(instruction, active);
                        pc++;
                        if (mask != 0)
                        {
                            instruction.Execute(this, instruction, mask);
                        }
                        continue;
                    case Flow.Branch:
                        uint taken = Guarded(instruction, active);
                        if (taken == active)
                        {
                            pc = instruction.Target;
                        }
                        else if (taken == 0)
                        {
                            pc++;
                        }
                        else
                        {
                            Park(taken, instruction.Target);
                            Park(active & ~taken, pc + 1);
                            Regroup();
                            (pc, active) = (_pc, _active);
                        }
                        if (issued >= budget)
                        {
                            (_pc, _active) = (pc, active);
                            return;
                        }
                        continue;
                }
                (_pc, _active) = (pc, active);
                if (!Special(instruction))
                {
                    return;
                }
                (pc, active) = (_pc, _active);
            }
        }
        catch (AccessException fault)
        {
            throw new DeviceFaultException(fault.Code, Describe(fault.Lane, current, fault.Message));
        }
        finally
        {
            Issued += issued;
            Block.Counters.WarpInstructions += issued;
        }
    }

    /// <summary>Handles the instructions that may stop or split the warp. False where the warp cannot go on now.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Special(Instruction instruction)
    {
        uint mask = Guarded(instruction, _active);
        switch (instruction.Flow)
        {
            case Flow.Exit:
                return Exit(instruction, mask);
            case Flow.BranchTable:
                uint* index = (uint*)(Registers + instruction.A);
                for (uint rest = _active; rest != 0; rest &= rest - 1)
                {
                    int lane = BitOperations.TrailingZeroCount(rest);
                    bool jumps = (mask >> lane & 1) != 0;
                    if (jumps && index[lane] >= instruction.Rows.Length)
                    {
                        throw new AccessException(CudaResult.InvalidPc, lane, $"branch index {index[lane]} is beyond the table of {instruction.Rows.Length}");
                    }
                    Park(1u << lane, jumps ? instruction.Rows[index[lane]] : _pc + 1);
                }
                Regroup();
                return true;
            case Flow.Barrier:
                return ReachBarrier(instruction, mask);
            default:
                return ReachCollective(instruction, mask);
        }
    }

    private bool Exit(Instruction instruction, uint mask)
    {
        if (instruction.Execute != null && mask != 0)
        {
            instruction.Execute(this, instruction, mask);
        }
        Live &= ~mask;
        _active &= ~mask;
        if (_active != 0)
        {
            _pc++;
            return true;
        }
        if (_parked != 0 || _blocked != 0)
        {
            Regroup();
            return true;
        }
        if (Copies.AnyPending)
        {
            throw new AccessException(CudaResult.LaunchFailed, 0, "the warp ends with asynchronous copies in flight; wait for them first");
        }
        State = WarpState.Exited;
        return false;
    }

    private bool ReachBarrier(Instruction instruction, uint mask)
    {
        if (mask == 0)
        {
            _pc++;
            return true;
        }
        if (mask != _active)
        {
            throw new AccessException(CudaResult.LaunchFailed, Lowest(_active & ~mask), $"the barrier's guard lets only lanes 0x{mask:x8} of 0x{_active:x8} through");
        }
        uint arrived = _active | BlockedAt(_pc);
        if (arrived != Started)
        {
            BlockActive();
            return true;
        }
        _blocked &= ~arrived;
        _active = arrived;
        _pc++;
        Barrier = instruction;
        State = WarpState.AtBarrier;
        Block.Counters.Barriers++;
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool ReachCollective(Instruction instruction, uint mask)
    {
        uint waiting = BlockedAt(_pc);
        uint named = NamedLanes(instruction, mask | waiting);
        uint arrived = mask | waiting;
        if (mask == 0)
        {
            _pc++;
            return true;
        }
        if ((named & ~arrived) != 0)
        {
            Park(_active & ~mask, _pc + 1);
            _active = mask;
            BlockActive();
            return true;
        }
        _blocked &= ~waiting;
        _active |= waiting;
        instruction.Execute(this, instruction, arrived);
        _pc++;
        return true;
    }

    /// <summary>
    /// The lanes a collective waits for: the member mask of the lanes that arrived, or all. Lanes that have exited are waited for
    /// in vain; only those that never were, in a block that is no multiple of 32, may be named.
    /// </summary>
    private uint NamedLanes(Instruction instruction, uint arrived)
    {
        if (instruction.E < 0)
        {
            return AllLanes;
        }
        uint* members = (uint*)(Registers + instruction.E);
        uint named = 0;
        for (uint rest = arrived; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            named |= members[lane];
            if ((members[lane] >> lane & 1) == 0)
            {
                throw new AccessException(CudaResult.LaunchFailed, lane, $"the member mask 0x{members[lane]:x8} leaves out the lane that executes it");
            }
        }
        return named & Started;
    }

    private uint Guarded(Instruction instruction, uint active)
    {
        if (instruction.Guard < 0)
        {
            return active;
        }
        uint predicate = *(uint*)(Registers + instruction.Guard);
        return active & (instruction.GuardNegated ? ~predicate : predicate);
    }

    private static int Lowest(uint mask) => BitOperations.TrailingZeroCount(mask);

    /// <summary>Names the place of a fault: kernel, source line, block, warp, lane.</summary>
    private string Describe(int lane, Instruction? instruction, string what) =>
        $"{what}\n  in {Kernel.Name}, block {Block.Position}, warp {Index}, lane {lane} (thread {Index * 32 + lane})"
        + (instruction == null ? "" : $"\n  at {Kernel.Locate(instruction.Statement)}");
}
