using HandMeshEngine.Cuda;
using PtxSimulator.Execution;

namespace PtxSimulator.Memory;

/// <summary>One worker's way into global memory: checks ranges, alignment and first writes, and counts sectors.</summary>
internal sealed unsafe class GlobalAccess(GlobalMemory memory, KernelCounters counters, bool check)
{
    private const int SectorShift = 5;

    private readonly ulong[] _sectors = new ulong[160];
    private Allocation? _last;
    private int _sectorCount;

    /// <summary>Starts the count of sectors of one warp-wide request.</summary>
    public void BeginRequest() => _sectorCount = 0;

    public void EndRequest()
    {
        counters.GlobalRequests++;
        counters.GlobalSectors += _sectorCount;
    }

    /// <summary>Host pointer of a range that kernel code reads.</summary>
    public byte* Read(ulong address, int bytes, int alignment, int lane)
    {
        var allocation = Locate(address, bytes, alignment, lane, "read");
        if (check && !allocation.IsWritten && allocation.FirstUnwritten(address, bytes) is >= 0 and long at)
        {
            throw new AccessException(CudaResult.LaunchFailed, lane, $"global memory read before anything was written to it: address 0x{address + (ulong)at:x}, byte {address + (ulong)at - allocation.Address} of an allocation of {allocation.Bytes}");
        }
        counters.GlobalBytesRead += bytes;
        return (byte*)address;
    }

    /// <summary>Host pointer of a range that kernel code writes; it counts as written from now on.</summary>
    public byte* Write(ulong address, int bytes, int alignment, int lane)
    {
        var allocation = Locate(address, bytes, alignment, lane, "write");
        if (!allocation.IsWritten)
        {
            allocation.MarkWritten(address, bytes);
        }
        counters.GlobalBytesWritten += bytes;
        return (byte*)address;
    }

    private Allocation Locate(ulong address, int bytes, int alignment, int lane, string verb)
    {
        if ((address & (ulong)(alignment - 1)) != 0)
        {
            throw new AccessException(CudaResult.MisalignedAddress, lane, $"misaligned global {verb}: address 0x{address:x} is no multiple of {alignment}");
        }
        var allocation = _last;
        if (allocation == null || !allocation.Contains(address, (ulong)bytes))
        {
            allocation = memory.Find(address, (ulong)bytes)
                ?? throw new AccessException(CudaResult.IllegalAddress, lane, $"global {verb} outside every allocation: address 0x{address:x}, {bytes} bytes; {memory.Explain(address)}");
            _last = allocation;
        }
        CountSectors(address >> SectorShift, (address + (ulong)bytes - 1) >> SectorShift);
        return allocation;
    }

    private void CountSectors(ulong first, ulong last)
    {
        for (ulong sector = first; sector <= last; sector++)
        {
            bool rises = _sectorCount == 0 || sector > _sectors[_sectorCount - 1];
            if (rises || !_sectors.AsSpan(0, _sectorCount).Contains(sector))
            {
                Remember(sector);
            }
        }
    }

    /// <summary>Keeps the list sorted so that rising addresses, the common case, need one comparison.</summary>
    private void Remember(ulong sector)
    {
        int at = _sectorCount;
        while (at > 0 && _sectors[at - 1] > sector)
        {
            at--;
        }
        _sectors.AsSpan(at, _sectorCount - at).CopyTo(_sectors.AsSpan(at + 1));
        _sectors[at] = sector;
        _sectorCount++;
    }
}
