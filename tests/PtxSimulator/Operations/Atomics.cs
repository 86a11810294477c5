namespace PtxSimulator.Operations;

/// <summary>
/// <c>atom</c> and <c>red</c>: lanes take turns in rising order. Value at B, second value (of cas) at C, old value to D (-1 for red).
/// Shared-memory atomics need no lock (one thread runs a block); kernels with global ones run their blocks in turn.
/// </summary>
internal static unsafe class Atomics
{
    public static void Apply<T, TOperation>(Warp warp, Instruction instruction, uint mask)
        where T : unmanaged
        where TOperation : struct, IMap<T, T, T>
    {
        byte* registers = warp.Registers;
        T* values = (T*)(registers + instruction.B);
        ulong* addresses = stackalloc ulong[32];
        LaneAddresses.Compute(registers, instruction.A, instruction.WideAddress, instruction.Immediate, addresses);
        warp.Block.Global.BeginRequest((mask & ~warp.Waited) != 0);
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            T* place = (T*)Place(warp, instruction, addresses[lane], sizeof(T), lane);
            var old = *place;
            *place = TOperation.Apply(old, values[lane]);
            if (instruction.D >= 0)
            {
                ((T*)(registers + instruction.D))[lane] = old;
            }
        }
        EndRequest(warp, instruction, addresses, mask, sizeof(T));
    }

    public static void CompareAndSwap<T>(Warp warp, Instruction instruction, uint mask)
        where T : unmanaged, IEquatable<T>
    {
        byte* registers = warp.Registers;
        T* expected = (T*)(registers + instruction.B), values = (T*)(registers + instruction.C), results = (T*)(registers + instruction.D);
        ulong* addresses = stackalloc ulong[32];
        LaneAddresses.Compute(registers, instruction.A, instruction.WideAddress, instruction.Immediate, addresses);
        warp.Block.Global.BeginRequest((mask & ~warp.Waited) != 0);
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            T* place = (T*)Place(warp, instruction, addresses[lane], sizeof(T), lane);
            var old = *place;
            if (old.Equals(expected[lane]))
            {
                *place = values[lane];
            }
            results[lane] = old;
        }
        EndRequest(warp, instruction, addresses, mask, sizeof(T));
    }

    private static byte* Place(Warp warp, Instruction instruction, ulong address, int size, int lane)
    {
        var space = instruction.Space == MemorySpace.Generic ? AddressWindow.SpaceOf(address) : instruction.Space;
        if (space == MemorySpace.Shared)
        {
            ulong offset = address & ~AddressWindow.Mask;
            byte* pointer = warp.Block.Shared.Pointer(offset, size, 1, lane, "atomic");
            warp.Block.Shared.CheckAtomic(offset, size, lane, warp);
            return pointer;
        }
        if (space != MemorySpace.Global)
        {
            throw new AccessException(CudaResult.InvalidAddressSpace, lane, $"atomic operation on {space} memory");
        }
        warp.Block.Global.Read(address, size, 1, size, lane);
        return warp.Block.Global.Write(address, size, 1, size, lane);
    }

    private static void EndRequest(Warp warp, Instruction instruction, ulong* addresses, uint mask, int size)
    {
        if (instruction.Space == MemorySpace.Shared)
        {
            warp.Block.Counters.SharedRequests++;
            warp.Block.Counters.SharedWavefronts += BankConflicts.Wavefronts(addresses, mask, size);
        }
        else
        {
            warp.Block.Global.EndRequest();
        }
    }
}

internal readonly struct Exchange<T> : IMap<T, T, T>
{
    public static T Apply(T old, T value) => value;
}

internal readonly struct AndInteger<T> : IMap<T, T, T>
    where T : IBinaryInteger<T>
{
    public static T Apply(T a, T b) => a & b;
}

internal readonly struct OrInteger<T> : IMap<T, T, T>
    where T : IBinaryInteger<T>
{
    public static T Apply(T a, T b) => a | b;
}

internal readonly struct XorInteger<T> : IMap<T, T, T>
    where T : IBinaryInteger<T>
{
    public static T Apply(T a, T b) => a ^ b;
}

/// <summary>Adds one, back to zero beyond the bound.</summary>
internal readonly struct IncrementWrap : IMap<uint, uint, uint>
{
    public static uint Apply(uint old, uint bound) => old >= bound ? 0 : old + 1;
}

/// <summary>Subtracts one, to the bound below zero or from above the bound.</summary>
internal readonly struct DecrementWrap : IMap<uint, uint, uint>
{
    public static uint Apply(uint old, uint bound) => old == 0 || old > bound ? bound : old - 1;
}

internal readonly struct AddFloat<T> : IMap<T, T, T>
    where T : IFloatingPoint<T>
{
    public static T Apply(T a, T b) => a + b;
}

/// <summary>Adds pairs of halves (<c>red.add.noftz.f16x2</c>).</summary>
internal readonly struct AddHalfPair : IMap<uint, uint, uint>
{
    public static uint Apply(uint a, uint b) => HalfPairMap2<HalfAdd>.Apply(a, b);
}

/// <summary>An operation on signed lanes done to unsigned ones.</summary>
internal readonly struct Signed<TOperation> : IMap<uint, uint, uint>
    where TOperation : struct, IMap<int, int, int>
{
    public static uint Apply(uint a, uint b) => (uint)TOperation.Apply((int)a, (int)b);
}
