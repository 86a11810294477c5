namespace PtxSimulator.Memory;

/// <summary>
/// A block's shared memory with a record per granule of who wrote it last and who read it last. A record is
/// <c>stamp:20 | mode:2 | thread:10</c>. Stamps are block time: it steps at every barrier (for all warps) and at every
/// <c>__syncwarp</c> (for one warp). An access is fine if the other thread's record is older than the last barrier, or of the
/// same warp and older than that warp's last synchronisation, or of the same thread.
/// </summary>
internal sealed unsafe partial class SharedMemory : IDisposable
{
    private const byte Poison = 0x7f;
    private const int StampShift = 12;
    private const uint ThreadMask = 0x3ff;
    private const uint WarpMask = 0x3e0;
    private const uint ModeMask = 0xc00;

    /// <summary>Read mode: several lanes of one warp.</summary>
    private const uint SeveralLanes = 0x400;

    /// <summary>Read mode: several warps.</summary>
    private const uint SeveralWarps = 0x800;

    /// <summary>Write mode: an atomic operation, which other atomics may follow.</summary>
    private const uint Atomic = 0xc00;

    /// <summary>Write record of a granule that an asynchronous copy in flight will overwrite; the thread is the one that issued it.</summary>
    private const uint PendingCopy = 0xfffff000;

    private readonly int _granuleShift;
    private readonly bool _check;
    private readonly uint* _writes;
    private readonly uint* _reads;
    private readonly int _granules;
    private uint _time;
    private uint _barrier;

    public SharedMemory(int bytes, int granuleShift, bool check)
    {
        Bytes = bytes;
        _granuleShift = granuleShift;
        _check = check;
        _granules = (bytes >> granuleShift) + 64;
        Data = (byte*)NativeMemory.AlignedAlloc((nuint)bytes + 128, 128);
        _writes = (uint*)NativeMemory.AlignedAlloc((nuint)_granules * 4, 64);
        _reads = (uint*)NativeMemory.AlignedAlloc((nuint)_granules * 4, 64);
    }

    public byte* Data { get; }

    public int Bytes { get; }

    public void Reset()
    {
        _time = 1;
        _barrier = 1;
        if (_check)
        {
            NativeMemory.Fill(Data, (nuint)Bytes, Poison);
            NativeMemory.Clear(_writes, (nuint)_granules * 4);
            NativeMemory.Clear(_reads, (nuint)_granules * 4);
        }
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(Data);
        NativeMemory.AlignedFree(_writes);
        NativeMemory.AlignedFree(_reads);
    }

    /// <summary>A barrier of the block: what was done before it is visible to all. Returns the new block time.</summary>
    public uint PassBarrier()
    {
        _barrier = Step();
        return _barrier;
    }

    /// <summary>A synchronisation of one warp. Returns the new block time, which becomes the warp's stamp.</summary>
    public uint Step()
    {
        if (++_time >= (PendingCopy >> StampShift) - 1)
        {
            throw new AccessException(CudaResult.LaunchFailed, 0, "more than a million synchronisations in one block are not simulated");
        }
        return _time;
    }

    /// <summary>Host pointer of what neighbouring lanes access: <paramref name="size"/> bytes each, one behind the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public byte* Pointer(ulong offset, int size, int lanes, int firstLane, string verb)
    {
        if (offset > (ulong)Bytes || offset + (ulong)(size * lanes) > (ulong)Bytes)
        {
            int good = offset > (ulong)Bytes ? 0 : (Bytes - (int)offset) / size;
            throw new AccessException(CudaResult.IllegalAddress, firstLane + good, $"shared {verb} out of range: offset {(long)offset + good * size}, {size} bytes, of {Bytes} bytes");
        }
        if (((int)offset & (size - 1)) != 0)
        {
            throw new AccessException(CudaResult.MisalignedAddress, firstLane, $"misaligned shared {verb}: offset {offset} is no multiple of {size}");
        }
        return Data + offset;
    }

    private AccessException Unwritten(int granule, int lane) => new(
        CudaResult.LaunchFailed,
        lane,
        $"shared memory read before anything was written to it: offset {granule << _granuleShift}");

    private AccessException Conflict(int granule, Warp warp, int lane, bool writes, bool withWrite, uint record)
    {
        int offset = granule << _granuleShift;
        if (withWrite && record >= PendingCopy)
        {
            return new AccessException(CudaResult.LaunchFailed, lane, $"shared memory {(writes ? "written" : "read")} while an asynchronous copy to it is in flight: offset {offset}, copy issued by thread {record & ThreadMask}");
        }
        bool sameWarp = (record & WarpMask) >> 5 == warp.Index;
        string other = (record & ModeMask) switch
        {
            SeveralWarps when !withWrite => "several warps",
            SeveralLanes when !withWrite => "other lanes",
            _ => $"thread {record & ThreadMask}",
        };
        return new AccessException(
            CudaResult.LaunchFailed,
            lane,
            $"race on shared memory, offset {offset}: thread {warp.Index * 32 + lane} {(writes ? "writes" : "reads")} what {other} {(withWrite ? "wrote" : "read")} since the last {(sameWarp ? "__syncwarp or barrier" : "barrier")}");
    }
}
