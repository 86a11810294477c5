namespace PtxSimulator.Memory;

/// <summary>One worker's way into global memory: checks ranges, alignment and first writes, and counts sectors.</summary>
internal sealed unsafe class GlobalAccess(GlobalMemory memory, KernelCounters counters, bool check)
{
    private const int SectorShift = 5;

    private readonly (ulong First, ulong Last)[] _ranges = new (ulong, ulong)[160];
    private Allocation? _last;
    private int _rangeCount;
    private int _sectorCount;
    private ulong _highest;
    private bool _early;

    /// <summary>Starts the count of sectors of one warp-wide request.</summary>
    /// <param name="early">A lane of it has not waited for the launch before.</param>
    public void BeginRequest(bool early)
    {
        _early = early;
        _rangeCount = 0;
        _sectorCount = 0;
    }

    public void EndRequest()
    {
        counters.GlobalRequests++;
        counters.GlobalSectors += _sectorCount;
    }

    /// <summary>Host pointer of what neighbouring lanes read: <paramref name="size"/> bytes each, one behind the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public byte* Read(ulong address, int size, int lanes, int alignment, int firstLane)
    {
        int bytes = size * lanes;
        var allocation = Locate(address, size, lanes, alignment, firstLane, "read");
        if (check && !allocation.IsWritten && allocation.FirstUnwritten(address, bytes) is >= 0 and long at)
        {
            ulong place = address + (ulong)at;
            throw new AccessException(CudaResult.LaunchFailed, firstLane + (int)at / size, $"global memory read before anything was written to it: address 0x{place:x}, byte {place - allocation.Address} of an allocation of {allocation.Bytes}");
        }
        if (_early && allocation.IsComputed(address, bytes))
        {
            throw Early(address, firstLane, "read");
        }
        memory.Order?.Note(allocation, address, bytes, store: false, firstLane);
        counters.GlobalBytesRead += bytes;
        return (byte*)address;
    }

    /// <summary>Host pointer of what neighbouring lanes write; it counts as written from now on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public byte* Write(ulong address, int size, int lanes, int alignment, int firstLane)
    {
        var allocation = Locate(address, size, lanes, alignment, firstLane, "write");
        if (_early)
        {
            throw Early(address, firstLane, "write");
        }
        allocation.MarkComputed(address, size * lanes);
        memory.Order?.Note(allocation, address, size * lanes, store: true, firstLane);
        if (!allocation.IsWritten)
        {
            allocation.MarkWritten(address, size * lanes);
        }
        counters.GlobalBytesWritten += size * lanes;
        return (byte*)address;
    }

    /// <summary>
    /// Does all checks for lanes at scattered addresses inside one allocation. False where any fails, or the lanes touch several
    /// allocations: then the caller goes run by run, which names the culprit.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryScattered(ulong* addresses, uint mask, int size, bool store)
    {
        var (lowest, highest, union) = LaneAddresses.Bounds(addresses, mask);
        ulong extent = highest - lowest + (ulong)size;
        if (_early || (union & (ulong)(size - 1)) != 0 || (_last?.Contains(lowest, extent) != true && (_last = memory.Find(lowest, extent)) == null))
        {
            return false;
        }
        if (!_last.IsWritten && (store || check) && !NoteScattered(_last, addresses, mask, size, store))
        {
            return false;
        }
        for (uint rest = store || memory.Order != null ? mask : 0; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            memory.Order?.Note(_last, addresses[lane], size, store, lane);
            if (store)
            {
                _last.MarkComputed(addresses[lane], size);
            }
        }
        int rising = mask == Warp.AllLanes ? LaneAddresses.CountRising(addresses, SectorShift) : 0;
        if (rising > 0)
        {
            _sectorCount += rising;
        }
        for (uint rest = rising > 0 ? 0 : mask; rest != 0; rest &= rest - 1)
        {
            ulong sector = addresses[BitOperations.TrailingZeroCount(rest)] >> SectorShift;
            CountSectors(sector, sector);
        }
        int bytes = size * BitOperations.PopCount(mask);
        counters.GlobalBytesRead += store ? 0 : bytes;
        counters.GlobalBytesWritten += store ? bytes : 0;
        return true;
    }

    /// <summary>Marks what is stored as written, or demands that what is loaded was.</summary>
    private static bool NoteScattered(Allocation allocation, ulong* addresses, uint mask, int size, bool store)
    {
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            ulong address = addresses[BitOperations.TrailingZeroCount(rest)];
            if (store)
            {
                allocation.MarkWritten(address, size);
            }
            else if (allocation.FirstUnwritten(address, size) >= 0)
            {
                return false;
            }
        }
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Allocation Locate(ulong address, int size, int lanes, int alignment, int firstLane, string verb)
    {
        if ((address & (ulong)(alignment - 1)) != 0)
        {
            throw new AccessException(CudaResult.MisalignedAddress, firstLane, $"misaligned global {verb}: address 0x{address:x} is no multiple of {alignment}");
        }
        ulong bytes = (ulong)(size * lanes);
        var allocation = _last;
        if (allocation == null || !allocation.Contains(address, bytes))
        {
            _last = allocation = memory.Find(address, bytes) ?? throw Outside(address, size, firstLane, verb);
        }
        CountSectors(address >> SectorShift, (address + bytes - 1) >> SectorShift);
        return allocation;
    }

    private static AccessException Early(ulong address, int lane, string verb) => new(
        CudaResult.LaunchFailed, lane, $"global {verb} at address 0x{address:x} before griddepcontrol.wait, in a launch that overlaps the one before it");

    /// <summary>Names the first lane whose piece no allocation holds.</summary>
    private AccessException Outside(ulong address, int size, int lane, string verb)
    {
        while (memory.Find(address, (ulong)size) != null)
        {
            address += (ulong)size;
            lane++;
        }
        return new AccessException(CudaResult.IllegalAddress, lane, $"global {verb} outside every allocation: address 0x{address:x}, {size} bytes; {memory.Explain(address)}");
    }

    /// <summary>Adds the sectors that this request has not touched yet. Rising addresses, the common case, need one comparison.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CountSectors(ulong first, ulong last)
    {
        if (_rangeCount == 0 || first > _highest)
        {
            Remember(first, last);
            return;
        }
        for (ulong sector = first; sector <= last; sector++)
        {
            bool known = false;
            for (int i = 0; i < _rangeCount && !known; i++)
            {
                known = sector >= _ranges[i].First && sector <= _ranges[i].Last;
            }
            if (!known)
            {
                Remember(sector, sector);
            }
        }
    }

    private void Remember(ulong first, ulong last)
    {
        _sectorCount += (int)(last - first) + 1;
        if (_rangeCount > 0 && first == _ranges[_rangeCount - 1].Last + 1)
        {
            _ranges[_rangeCount - 1].Last = last;
        }
        else
        {
            _ranges[_rangeCount++] = (first, last);
        }
        _highest = _rangeCount == 1 ? last : Math.Max(_highest, last);
    }
}
