namespace PtxSimulator.Operations;

/// <summary>Loads and stores. Every access is checked before a byte moves.</summary>
internal static unsafe class MemoryOperations
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Load(Warp warp, Instruction instruction, uint mask) => Access(warp, instruction, mask, false);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Store(Warp warp, Instruction instruction, uint mask) => Access(warp, instruction, mask, true);

    /// <summary>A kernel parameter at a fixed place: the same for every lane and launch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LoadParameter(Warp warp, Instruction instruction, uint mask)
    {
        int size = instruction.Width * instruction.Rows.Length;
        fixed (byte* parameters = warp.Block.Shape.Parameters)
        {
            byte* source = ParameterPointer(warp, parameters, (ulong)instruction.Immediate, size, 0);
            Transfer.Load(source, 0, instruction, warp.Registers, new LaneRun { First = 0, Count = 32 }, mask);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Access(Warp warp, Instruction instruction, uint mask, bool store)
    {
        ulong* buffer = stackalloc ulong[LaneAddresses.BufferLength], addresses = LaneAddresses.FirstIn(buffer);
        LaneAddresses.Compute(warp.Registers, instruction.A, instruction.WideAddress, instruction.Immediate, addresses);
        if (instruction.Space != MemorySpace.Generic)
        {
            Access(warp, instruction, mask, store, instruction.Space, addresses);
            return;
        }
        while (mask != 0)
        {
            var space = AddressWindow.SpaceOf(addresses[BitOperations.TrailingZeroCount(mask)]);
            uint same = 0;
            for (uint rest = mask; rest != 0; rest &= rest - 1)
            {
                int lane = BitOperations.TrailingZeroCount(rest);
                if (AddressWindow.SpaceOf(addresses[lane]) == space)
                {
                    same |= 1u << lane;
                    addresses[lane] &= space == MemorySpace.Global ? ulong.MaxValue : ~AddressWindow.Mask;
                }
            }
            Access(warp, instruction, same, store, space, addresses);
            mask &= ~same;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Access(Warp warp, Instruction instruction, uint mask, bool store, MemorySpace space, ulong* addresses)
    {
        switch (space)
        {
            case MemorySpace.Global:
            case MemorySpace.Const:
                AccessGlobal(warp, instruction, mask, store, addresses);
                break;
            case MemorySpace.Shared:
                AccessShared(warp, instruction, mask, store, addresses);
                break;
            case MemorySpace.Local:
                AccessLocal(warp, instruction, mask, store, addresses);
                break;
            default:
                LoadParameters(warp, instruction, mask, store, addresses);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccessGlobal(Warp warp, Instruction instruction, uint mask, bool store, ulong* addresses)
    {
        int size = instruction.Width * instruction.Rows.Length;
        var global = warp.Block.Global;
        var runs = new LaneAddresses(addresses, mask, size);
        global.BeginRequest((mask & ~warp.Waited) != 0);
        if (runs.IsScattered && global.TryScattered(addresses, mask, size, store))
        {
            Transfer.Scattered(null, addresses, instruction, warp.Registers, mask, store);
            global.EndRequest();
            return;
        }
        while (runs.Next(out var run))
        {
            int pieces = run.Stride == 0 ? 1 : run.Count;
            if (store)
            {
                byte* target = global.Write(run.Address, size, pieces, size, run.First);
                Transfer.Store(target, run.Stride, instruction, warp.Registers, run);
            }
            else
            {
                byte* source = global.Read(run.Address, size, pieces, size, run.First);
                Transfer.Load(source, run.Stride, instruction, warp.Registers, run, mask);
            }
        }
        global.EndRequest();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccessShared(Warp warp, Instruction instruction, uint mask, bool store, ulong* addresses)
    {
        int size = instruction.Width * instruction.Rows.Length;
        var shared = warp.Block.Shared;
        var runs = new LaneAddresses(addresses, mask, size);
        if (!store && runs.IsScattered && shared.TryScattered(addresses, mask, size, store, warp))
        {
            Transfer.Scattered(shared.Data, addresses, instruction, warp.Registers, mask, store);
            warp.Block.Counters.SharedRequests++;
            warp.Block.Counters.SharedWavefronts += BankConflicts.Wavefronts(addresses, mask, size);
            return;
        }
        var conflicts = new BankConflicts(size);
        while (runs.Next(out var run))
        {
            int pieces = run.Stride == 0 ? 1 : run.Count;
            conflicts.Add(run);
            byte* place = shared.Pointer(run.Address, size, pieces, run.First, store ? "write" : "read");
            if (store)
            {
                if (run.Stride == 0 && run.Count > 1)
                {
                    DemandEqualValues(warp, instruction, run);
                }
                shared.CheckWrite(run.Address, size, run.First, pieces, warp);
                Transfer.Store(place, run.Stride, instruction, warp.Registers, run);
            }
            else
            {
                if (run.Stride == 0 && run.Count > 1)
                {
                    shared.CheckSharedRead(run.Address, size, run.First, warp);
                }
                else
                {
                    shared.CheckRead(run.Address, size, run.First, run.Count, warp);
                }
                Transfer.Load(place, run.Stride, instruction, warp.Registers, run, mask);
            }
        }
        warp.Block.Counters.SharedRequests++;
        warp.Block.Counters.SharedWavefronts += conflicts.Passes(addresses, mask);
    }

    /// <summary>Lanes that store different values to one place leave it to chance which of them stays.</summary>
    private static void DemandEqualValues(Warp warp, Instruction instruction, LaneRun run)
    {
        foreach (int row in instruction.Rows)
        {
            for (int i = run.First + 1; i < run.First + run.Count; i++)
            {
                byte* values = warp.Registers + row;
                bool equal = instruction.WideRows
                    ? ((ulong*)values)[i] == ((ulong*)values)[run.First]
                    : ((uint*)values)[i] == ((uint*)values)[run.First];
                if (!equal)
                {
                    throw new AccessException(CudaResult.LaunchFailed, i, $"race on shared memory, offset {run.Address}: lanes {run.First} and {i} store different values to it at once");
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccessLocal(Warp warp, Instruction instruction, uint mask, bool store, ulong* addresses)
    {
        int size = instruction.Width * instruction.Rows.Length;
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            byte* place = LocalPointer(warp, addresses[lane], size, lane);
            var run = new LaneRun { First = lane, Count = 1, Address = addresses[lane] };
            if (store)
            {
                Transfer.Store(place, 0, instruction, warp.Registers, run);
            }
            else
            {
                Transfer.Load(place, 0, instruction, warp.Registers, run, 1u << lane);
            }
        }
    }

    private static byte* LocalPointer(Warp warp, ulong address, int size, int lane)
    {
        int bytes = warp.Kernel.LocalBytes;
        if (address > (ulong)bytes || address + (ulong)size > (ulong)bytes)
        {
            throw new AccessException(CudaResult.IllegalAddress, lane, $"local access out of range: offset {(long)address}, {size} bytes, of {bytes} bytes a thread");
        }
        if ((address & (ulong)(size - 1)) != 0)
        {
            throw new AccessException(CudaResult.MisalignedAddress, lane, $"misaligned local access: offset {address} is no multiple of {size}");
        }
        return warp.Local + (long)lane * bytes + (long)address;
    }

    private static void LoadParameters(Warp warp, Instruction instruction, uint mask, bool store, ulong* addresses)
    {
        int size = instruction.Width * instruction.Rows.Length;
        if (store)
        {
            throw new AccessException(CudaResult.InvalidAddressSpace, BitOperations.TrailingZeroCount(mask), "kernel parameters cannot be written");
        }
        fixed (byte* parameters = warp.Block.Shape.Parameters)
        {
            for (uint rest = mask; rest != 0; rest &= rest - 1)
            {
                int lane = BitOperations.TrailingZeroCount(rest);
                byte* source = ParameterPointer(warp, parameters, addresses[lane], size, lane);
                Transfer.Load(source, 0, instruction, warp.Registers, new LaneRun { First = lane, Count = 1 }, 1u << lane);
            }
        }
    }

    private static byte* ParameterPointer(Warp warp, byte* parameters, ulong offset, int size, int lane)
    {
        int bytes = warp.Kernel.ParameterBytes;
        return offset + (ulong)size <= (ulong)bytes
            ? parameters + offset
            : throw new AccessException(CudaResult.IllegalAddress, lane, $"parameter read out of range: offset {(long)offset}, {size} bytes, of {bytes}");
    }
}
