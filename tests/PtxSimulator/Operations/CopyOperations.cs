using System.Numerics;
using HandMeshEngine.Cuda;
using PtxSimulator.Execution;

namespace PtxSimulator.Operations;

/// <summary><c>cp.async</c>: destination address at B, source address at A, bytes to read at C (the rest is zero).</summary>
internal static unsafe class CopyOperations
{
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
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            if (counts[lane] > size)
            {
                throw new AccessException(CudaResult.LaunchFailed, lane, $"an asynchronous copy of {size} bytes is told to read {counts[lane]}");
            }
            if ((sources[lane] & (ulong)(size - 1)) != 0)
            {
                throw new AccessException(CudaResult.MisalignedAddress, lane, $"misaligned source of an asynchronous copy: address 0x{sources[lane]:x} is no multiple of {size}");
            }
            int bytes = (int)counts[lane];
            byte* target = block.Shared.Pointer(targets[lane], size, 1, lane, "write by an asynchronous copy");
            byte* source = bytes == 0 ? null : block.Global.Read(sources[lane], bytes, 1, 1, lane);
            block.Shared.BeginCopy(targets[lane], size, lane, warp);
            warp.Copies.Add(targets[lane], size, lane);
            if (bytes == 16)
            {
                *(UInt128*)target = *(UInt128*)source;
                continue;
            }
            new Span<byte>(target, size).Clear();
            Buffer.MemoryCopy(source, target, bytes, bytes);
        }
        block.Global.EndRequest();
    }

    public static void Commit(Warp warp, Instruction instruction, uint mask) => warp.Copies.Commit(warp, mask);

    public static void Wait(Warp warp, Instruction instruction, uint mask) => warp.Copies.Wait(warp, mask, (int)instruction.Immediate);
}
