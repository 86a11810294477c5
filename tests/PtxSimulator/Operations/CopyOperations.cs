namespace PtxSimulator.Operations;

/// <summary><c>cp.async</c>: destination address at B, source address at A, bytes to read at C (the rest is zero).</summary>
internal static unsafe class CopyOperations
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(Warp warp, Instruction instruction, uint mask)
    {
        byte* registers = warp.Registers;
        ulong* buffer = stackalloc ulong[LaneAddresses.BufferLength], sources = LaneAddresses.FirstIn(buffer), targets = stackalloc ulong[32];
        LaneAddresses.Compute(registers, instruction.A, instruction.WideAddress, instruction.Immediate, sources);
        LaneAddresses.Compute(registers, instruction.B, instruction.WideRows, instruction.Target, targets);
        uint* counts = (uint*)(registers + instruction.C);
        int size = instruction.Width;
        var (shared, global) = (warp.Block.Shared, warp.Block.Global);
        uint whole = 0;
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            shared.Pointer(targets[lane], size, 1, lane, "write by an asynchronous copy");
            whole |= counts[lane] == (uint)size ? 1u << lane : 0;
        }
        shared.BeginCopies(targets, mask, size, warp);
        warp.Copies.Add(targets, mask, size);
        global.BeginRequest((mask & ~warp.Waited) != 0);
        bool checkedAll = whole != 0 && global.TryScattered(sources, whole, size, false);
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            byte* target = shared.Data + targets[lane];
            if (checkedAll && size == 16 && (whole >> lane & 1) != 0)
            {
                Vector128.Load((byte*)sources[lane]).Store(target);
            }
            else if (checkedAll && (whole >> lane & 1) != 0)
            {
                Buffer.MemoryCopy((void*)sources[lane], target, size, size);
            }
            else
            {
                CopyLane(global, sources[lane], target, size, counts[lane], lane);
            }
        }
        global.EndRequest();
    }

    /// <summary>Copies as many bytes as asked for and fills the rest with zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyLane(GlobalAccess global, ulong from, byte* target, int size, uint count, int lane)
    {
        if (count > size)
        {
            throw new AccessException(CudaResult.LaunchFailed, lane, $"an asynchronous copy of {size} bytes is told to read {count}");
        }
        if ((from & (ulong)(size - 1)) != 0)
        {
            throw new AccessException(CudaResult.MisalignedAddress, lane, $"misaligned source of an asynchronous copy: address 0x{from:x} is no multiple of {size}");
        }
        new Span<byte>(target, size).Clear();
        if (count > 0)
        {
            Buffer.MemoryCopy(global.Read(from, (int)count, 1, 1, lane), target, count, count);
        }
    }

    public static void Commit(Warp warp, Instruction instruction, uint mask) => warp.Copies.Commit(warp, mask);

    public static void Wait(Warp warp, Instruction instruction, uint mask) => warp.Copies.Wait(warp, mask, (int)instruction.Immediate);
}
