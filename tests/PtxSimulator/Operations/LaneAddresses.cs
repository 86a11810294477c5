namespace PtxSimulator.Operations;

/// <summary>The windows of the generic address space. Everything else is a global address, which is one of this process.</summary>
internal static class AddressWindow
{
    public const ulong Shared = 0x1000_0000_0000_0000;
    public const ulong Local = 0x2000_0000_0000_0000;
    public const ulong Param = 0x3000_0000_0000_0000;
    public const ulong Mask = 0xf000_0000_0000_0000;

    public static MemorySpace SpaceOf(ulong address) => (address & Mask) switch
    {
        0 => MemorySpace.Global,
        Shared => MemorySpace.Shared,
        Local => MemorySpace.Local,
        Param => MemorySpace.Param,
        _ => throw new AccessException(CudaResult.InvalidAddressSpace, 0, $"generic address 0x{address:x} lies in no window"),
    };
}

/// <summary>Neighbouring lanes whose addresses follow each other without gap (stride = size) or are all the same (stride 0).</summary>
internal struct LaneRun
{
    public int First;
    public int Count;
    public ulong Address;
    public int Stride;
}

/// <summary>The addresses of a memory instruction, cut into runs so that checks and copies work on many lanes at once.</summary>
internal unsafe ref struct LaneAddresses
{
    private const int LongRun = 8;

    private readonly ulong* _addresses;
    private readonly int _size;
    private readonly uint _mask;
    private readonly int _stride;
    private int _next;

    /// <param name="addresses">32 addresses.</param>
    /// <param name="mask">The lanes that take part.</param>
    /// <param name="size">Bytes each lane accesses.</param>
    public LaneAddresses(ulong* addresses, uint mask, int size)
    {
        _addresses = addresses;
        _mask = mask;
        _size = size;
        _next = 0;
        IsOneRun = mask == Warp.AllLanes && WholeWarp(out _stride);
    }

    /// <summary>Elements to allocate for the addresses of a warp: one lies before those of the lanes, see <see cref="FirstIn"/>.</summary>
    public const int BufferLength = 40;

    /// <summary>Where in a buffer the address of lane 0 goes.</summary>
    public static ulong* FirstIn(ulong* buffer) => buffer + 8;

    /// <summary>
    /// Counts the different values of address >> shift, given that they rise from lane to lane; 0 where they do not. Overwrites
    /// the element before the first.
    /// </summary>
    public static int CountRising(ulong* addresses, int shift)
    {
        addresses[-1] = addresses[0];
        int changes = 1;
        for (int lane = 0; lane < 32; lane += 8)
        {
            var here = Vector512.Load(addresses + lane) >> shift;
            var before = Vector512.Load(addresses + lane - 1) >> shift;
            if (Vector512.LessThanAny(here, before))
            {
                return 0;
            }
            changes += 8 - BitOperations.PopCount(Vector512.Equals(here, before).ExtractMostSignificantBits());
        }
        return changes;
    }

    /// <summary>Computes base plus offset for all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Compute(byte* registers, int row, bool wide, long offset, ulong* addresses)
    {
        var add = Vector512.Create((ulong)offset);
        if (row < 0)
        {
            for (int lane = 0; lane < 32; lane += 8)
            {
                add.Store(addresses + lane);
            }
        }
        else if (wide)
        {
            ulong* source = (ulong*)(registers + row);
            for (int lane = 0; lane < 32; lane += 8)
            {
                (Vector512.Load(source + lane) + add).Store(addresses + lane);
            }
        }
        else
        {
            uint* source = (uint*)(registers + row);
            for (int lane = 0; lane < 32; lane += 8)
            {
                var (low, high) = Vector256.Widen(Vector256.Load(source + lane));
                (Vector512.Create(low, high) + add).Store(addresses + lane);
            }
        }
    }

    /// <summary>True where all 32 lanes are one run.</summary>
    public bool IsOneRun { get; }

    /// <summary>
    /// True where going run by run would mean many short runs, judged by the first: then lanes are better treated one by one.
    /// </summary>
    public readonly bool IsScattered
    {
        get
        {
            int first = BitOperations.TrailingZeroCount(_mask), lane = first + 1;
            if (IsOneRun || lane >= 32)
            {
                return false;
            }
            ulong step = _addresses[lane] - _addresses[first];
            if (step != 0 && step != (ulong)_size)
            {
                return true;
            }
            while (lane < 32 && (_mask >> lane & 1) != 0 && _addresses[lane] - _addresses[lane - 1] == step)
            {
                lane++;
            }
            return lane - first < LongRun && lane < 32;
        }
    }

    /// <summary>The lowest and highest address of the lanes in a mask, and the bits set in any.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (ulong Lowest, ulong Highest, ulong Union) Bounds(ulong* addresses, uint mask)
    {
        var first = Vector512.Create(addresses[BitOperations.TrailingZeroCount(mask)]);
        var (low, high, union) = (first, first, first);
        for (int lane = 0; lane < 32; lane += 8)
        {
            var some = Vector512.Load(addresses + lane);
            some = mask == Warp.AllLanes ? some : Vector512.ConditionalSelect(Lanes.Expand<ulong>(mask >> lane), some, first);
            low = Vector512.Min(low, some);
            high = Vector512.Max(high, some);
            union |= some;
        }
        var (lowest, highest, bits) = (low[0], high[0], union[0]);
        for (int i = 1; i < 8; i++)
        {
            lowest = Math.Min(lowest, low[i]);
            highest = Math.Max(highest, high[i]);
            bits |= union[i];
        }
        return (lowest, highest, bits);
    }

    /// <summary>The next run; false after the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Next(out LaneRun run)
    {
        run = default;
        while (_next < 32 && (_mask >> _next & 1) == 0)
        {
            _next++;
        }
        if (_next == 32)
        {
            return false;
        }
        run.First = _next;
        run.Address = _addresses[_next];
        if (IsOneRun)
        {
            run.Count = 32;
            run.Stride = _stride;
            _next = 32;
            return true;
        }
        ulong previous = run.Address;
        _next++;
        run.Count = 1;
        if (_next < 32 && (_mask >> _next & 1) != 0)
        {
            ulong step = _addresses[_next] - previous;
            if (step == 0 || step == (ulong)_size)
            {
                run.Stride = (int)step;
                while (_next < 32 && (_mask >> _next & 1) != 0 && _addresses[_next] - previous == step)
                {
                    previous = _addresses[_next++];
                    run.Count++;
                }
            }
        }
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool WholeWarp(out int stride)
    {
        ulong step = _addresses[1] - _addresses[0];
        stride = (int)step;
        if (step != 0 && step != (ulong)_size)
        {
            return false;
        }
        var expected = Vector512.Create(_addresses[0]) + Vector512.Create(0ul, 1, 2, 3, 4, 5, 6, 7) * Vector512.Create(step);
        var eight = Vector512.Create(step * 8);
        var differs = Vector512<ulong>.Zero;
        for (int lane = 0; lane < 32; lane += 8)
        {
            differs |= expected ^ Vector512.Load(_addresses + lane);
            expected += eight;
        }
        return differs == Vector512<ulong>.Zero;
    }
}
