namespace PtxSimulator.Memory;

/// <summary>The table of everything a device address may point into. Changed only under the simulator's lock.</summary>
internal sealed class GlobalMemory
{
    private const int RememberedFrees = 64;

    private readonly SortedList<ulong, Allocation> _allocations = [];
    private readonly Queue<(ulong Address, ulong Bytes)> _freed = new();

    public long DeviceBytes { get; private set; }

    /// <summary>Who may touch what while a graph is replayed; null where nobody asks.</summary>
    public AccessOrder? Order { get; set; }

    /// <summary>All memory of the device.</summary>
    public IEnumerable<Allocation> DeviceAllocations => _allocations.Values.Where(allocation => allocation.Kind == AllocationKind.Device);

    public int Count(AllocationKind kind) => _allocations.Values.Count(a => a.Kind == kind);

    public Allocation Allocate(long bytes, AllocationKind kind)
    {
        var allocation = new Allocation(bytes, kind);
        _allocations.Add(allocation.Address, allocation);
        DeviceBytes += kind == AllocationKind.Host ? 0 : bytes;
        return allocation;
    }

    /// <summary>Frees the allocation that starts at an address; false where none of that kind does.</summary>
    public bool Free(ulong address, AllocationKind kind)
    {
        if (!_allocations.TryGetValue(address, out var allocation) || allocation.Kind != kind)
        {
            return false;
        }
        _allocations.Remove(address);
        DeviceBytes -= kind == AllocationKind.Host ? 0 : (long)allocation.Bytes;
        _freed.Enqueue((address, allocation.Bytes));
        if (_freed.Count > RememberedFrees)
        {
            _freed.Dequeue();
        }
        allocation.Free();
        return true;
    }

    /// <summary>The allocation that holds the whole range, or null.</summary>
    public Allocation? Find(ulong address, ulong bytes)
    {
        var nearest = Nearest(address);
        return nearest != null && nearest.Contains(address, bytes) ? nearest : null;
    }

    /// <summary>Called between kernels: allocations that are all written by now need no more checks.</summary>
    public void NoteProgress()
    {
        foreach (var allocation in _allocations.Values)
        {
            allocation.NoteProgress();
        }
    }

    /// <summary>Says in words what lies at an address that no allocation holds.</summary>
    public string Explain(ulong address)
    {
        foreach (var (start, bytes) in _freed)
        {
            if (address >= start && address - start < bytes)
            {
                return $"it lies in an allocation of {bytes} bytes that was freed";
            }
        }
        var below = Nearest(address);
        return below == null
            ? "no allocation lies below it"
            : $"the nearest allocation below starts at 0x{below.Address:x}, has {below.Bytes} bytes, and ends {address - below.Address - below.Bytes:d} bytes before it";
    }

    public void FreeAll()
    {
        foreach (var allocation in _allocations.Values)
        {
            allocation.Free();
        }
        _allocations.Clear();
    }

    private Allocation? Nearest(ulong address)
    {
        var keys = _allocations.Keys;
        int low = 0, high = keys.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (keys[middle] <= address)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }
        return low == 0 ? null : _allocations.Values[low - 1];
    }
}
