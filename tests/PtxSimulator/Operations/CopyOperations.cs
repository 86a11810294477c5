using System.Runtime.CompilerServices;
using HandMeshEngine.Cuda;
using PtxSimulator.Execution;
using PtxSimulator.Memory;

namespace PtxSimulator.Operations;

/// <summary><c>cp.async</c>: destination address at B, source address at A, bytes to read at C (the rest is zero).</summary>
internal static unsafe class CopyOperations
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(Warp warp, Instruction instruction, uint mask)
    {
        byte* registers = warp.Registers;
        ulong* sources = stackalloc ulong[32], targets = stackalloc ulong[32];
        LaneAddresses.Compute(registers, instruction.A, instruction.WideAddress, instruction.Immediate, sources);
        LaneAddresses.Compute(registers, instruction.B, instruction.WideRows, instruction.Target, targets);
        uint* counts = (uint*)(registers + instruction.C);
        int size = instruction.Width;
        var block = warp.Block;
        block.Global.BeginRequest();
        var runs = new LaneAddresses(targets, mask, size);
        while (runs.Next(out var run))
        {
            if (run.Stride == 0 && run.Count > 1)
            {
                throw new AccessException(CudaResult.LaunchFailed, run.First + 1, $"race on shared memory, offset {run.Address}: lanes {run.First} and {run.First + 1} copy to it at once");
            }
            byte* target = block.Shared.Pointer(run.Address, size, run.Count, run.First, "write by an asynchronous copy");
            block.Shared.BeginCopy(run.Address, size, run.First, run.Count, warp);
            warp.Copies.Add(run.Address, size, run.First, run.Count);
            for (int lane = run.First; lane < run.First + run.Count; lane++, target += size)
            {
                CopyLane(block.Global, sources[lane], target, size, counts[lane], lane);
            }
        }
        block.Global.EndRequest();
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
        if (count == 16)
        {
            *(UInt128*)target = *(UInt128*)global.Read(from, 16, 1, 1, lane);
            return;
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
