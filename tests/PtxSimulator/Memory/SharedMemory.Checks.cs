namespace PtxSimulator.Memory;

internal sealed unsafe partial class SharedMemory
{
    /// <summary>For 1, 2, 4, 8, 16 granules a lane: the lane of each granule in a run of lanes.</summary>
    private static readonly uint[][] _laneOfGranule = [.. Enumerable.Range(0, 5).Select(shift =>
        Enumerable.Range(0, (32 << shift) + 16).Select(g => (uint)(g >> shift)).ToArray())];

    /// <summary>Records a read by neighbouring lanes of neighbouring pieces of <paramref name="bytesPerLane"/> bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CheckRead(ulong offset, int bytesPerLane, int firstLane, int lanes, Warp warp)
    {
        if (!_check)
        {
            return;
        }
        int granule = (int)(offset >> _granuleShift), perLane = Shift(bytesPerLane), count = lanes << perLane;
        var rule = new Rule(_barrier, warp.Stamp);
        var first = Vector512.Create((uint)(warp.Index * 32 + firstLane));
        fixed (uint* laneOf = _laneOfGranule[perLane])
        {
            int g = 0;
            for (; g + 16 <= count; g += 16)
            {
                var reads = Vector512.Load(_reads + granule + g);
                if (!rule.MayRead(Vector512.Load(_writes + granule + g), first + Vector512.Load(laneOf + g), 0, ref reads))
                {
                    break;
                }
                reads.Store(_reads + granule + g);
            }
            for (; g < count; g++)
            {
                ReadGranule(granule + g, firstLane + (int)laneOf[g], 0, warp);
            }
        }
    }

    /// <summary>Records a read of one piece by several lanes of a warp at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CheckSharedRead(ulong offset, int bytes, int firstLane, Warp warp)
    {
        if (!_check)
        {
            return;
        }
        int granule = (int)(offset >> _granuleShift), count = bytes >> _granuleShift;
        if (count == 4)
        {
            ulong* same = stackalloc ulong[] { offset, offset, offset, offset };
            var reads = FourRows(_reads, same);
            var thread = Vector512.Create((uint)(warp.Index * 32 + firstLane));
            if (new Rule(_barrier, warp.Stamp).MayRead(FourRows(_writes, same), thread, SeveralLanes, ref reads))
            {
                reads.GetLower().GetLower().Store(_reads + granule);
                return;
            }
        }
        for (int i = granule; i < granule + count; i++)
        {
            ReadGranule(i, firstLane, SeveralLanes, warp);
        }
    }

    /// <summary>Records that a warp reads eight rows of 16 bytes at checked offsets, as ldmatrix does; row i is named by lane firstLane + i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CheckRowsRead(ulong* offsets, int firstLane, Warp warp)
    {
        if (!_check)
        {
            return;
        }
        if (_granuleShift != 2)
        {
            for (int i = 0; i < 8; i++)
            {
                CheckSharedRead(offsets[i], 16, firstLane + i, warp);
            }
            return;
        }
        var rule = new Rule(_barrier, warp.Stamp);
        for (int i = 0; i < 8; i += 4)
        {
            var thread = Vector512.Create((uint)(warp.Index * 32 + firstLane + i));
            var reads = FourRows(_reads, offsets + i);
            if (!rule.MayRead(FourRows(_writes, offsets + i), thread, SeveralLanes, ref reads))
            {
                for (int row = i; row < i + 4; row++)
                {
                    CheckSharedRead(offsets[row], 16, firstLane + row, warp);
                }
                continue;
            }
            for (int row = 0; row < 4; row++)
            {
                (row switch
                {
                    0 => reads.GetLower().GetLower(),
                    1 => reads.GetLower().GetUpper(),
                    2 => reads.GetUpper().GetLower(),
                    _ => reads.GetUpper().GetUpper(),
                }).Store(_reads + (offsets[i + row] >> 2));
            }
        }
    }

    /// <summary>Records a write by neighbouring lanes of neighbouring pieces of <paramref name="bytesPerLane"/> bytes.</summary>
    public void CheckWrite(ulong offset, int bytesPerLane, int firstLane, int lanes, Warp warp)
    {
        if (!_check)
        {
            return;
        }
        MarkWritten(offset, bytesPerLane, firstLane, lanes, warp);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MarkWritten(ulong offset, int bytesPerLane, int firstLane, int lanes, Warp warp)
    {
        uint stamp = warp.Stamp << StampShift;
        int granule = (int)(offset >> _granuleShift), perLane = Shift(bytesPerLane), count = lanes << perLane;
        var rule = new Rule(_barrier, warp.Stamp);
        var first = Vector512.Create((uint)(warp.Index * 32 + firstLane));
        fixed (uint* laneOf = _laneOfGranule[perLane])
        {
            int g = 0;
            for (; g + 16 <= count; g += 16)
            {
                var thread = first + Vector512.Load(laneOf + g);
                if (!rule.MayWrite(Vector512.Load(_writes + granule + g), Vector512.Load(_reads + granule + g), thread))
                {
                    break;
                }
                (thread | Vector512.Create(stamp)).Store(_writes + granule + g);
            }
            for (; g < count; g++)
            {
                WriteGranule(granule + g, firstLane + (int)laneOf[g], 0, warp);
            }
        }
    }

    /// <summary>The records of four rows of four granules.</summary>
    private Vector512<uint> FourRows(uint* records, ulong* offsets) => Vector512.Create(
        Vector256.Create(Vector128.Load(records + (offsets[0] >> _granuleShift)), Vector128.Load(records + (offsets[1] >> _granuleShift))),
        Vector256.Create(Vector128.Load(records + (offsets[2] >> _granuleShift)), Vector128.Load(records + (offsets[3] >> _granuleShift))));

    /// <summary>
    /// Does all checks for lanes at scattered offsets. False where range or alignment is wrong: then the caller goes run by run,
    /// which names the culprit.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryScattered(ulong* offsets, uint mask, int size, bool store, Warp warp)
    {
        var (lowest, highest, union) = LaneAddresses.Bounds(offsets, mask);
        if (highest + (ulong)size > (ulong)Bytes || lowest > highest || (union & (ulong)(size - 1)) != 0)
        {
            return false;
        }
        int count = size >> _granuleShift;
        for (uint rest = _check ? mask : 0; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest), granule = (int)(offsets[lane] >> _granuleShift);
            for (int i = granule; i < granule + count; i++)
            {
                if (store)
                {
                    WriteGranule(i, lane, 0, warp);
                }
                else
                {
                    ReadGranule(i, lane, 0, warp);
                }
            }
        }
        return true;
    }

    public void CheckAtomic(ulong offset, int bytes, int lane, Warp warp)
    {
        if (!_check)
        {
            return;
        }
        int granule = (int)(offset >> _granuleShift), count = bytes >> _granuleShift;
        for (int i = granule; i < granule + count; i++)
        {
            if (_writes[i] == 0)
            {
                throw Unwritten(i, lane);
            }
            WriteGranule(i, lane, Atomic, warp);
        }
    }

    private int Shift(int bytesPerLane) => BitOperations.Log2((uint)bytesPerLane) - _granuleShift;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReadGranule(int granule, int lane, uint mode, Warp warp)
    {
        uint barrier = _barrier << StampShift, own = warp.Stamp << StampShift, thread = (uint)(warp.Index * 32 + lane);
        uint write = _writes[granule];
        if (write == 0)
        {
            throw Unwritten(granule, lane);
        }
        if (write >= barrier && !IsOrdered(write, thread, own, mode != 0))
        {
            throw Conflict(granule, warp, lane, false, true, write);
        }
        uint read = _reads[granule];
        uint record = own | mode | thread;
        if (read >= barrier)
        {
            bool otherWarp = ((read ^ thread) & WarpMask) != 0 || (read & ModeMask) == SeveralWarps;
            bool otherLane = read >= own && (read & ModeMask | (read ^ thread) & ThreadMask) != 0;
            record |= otherWarp ? SeveralWarps : otherLane ? SeveralLanes : 0;
            record = otherWarp ? record & ~SeveralLanes : record;
        }
        _reads[granule] = record;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteGranule(int granule, int lane, uint mode, Warp warp)
    {
        uint barrier = _barrier << StampShift, own = warp.Stamp << StampShift, thread = (uint)(warp.Index * 32 + lane);
        uint write = _writes[granule];
        bool bothAtomic = mode == Atomic && (write & ModeMask) == Atomic && write < PendingCopy;
        if (write >= barrier && !bothAtomic && !IsOrdered(write, thread, own, false))
        {
            throw Conflict(granule, warp, lane, true, true, write);
        }
        uint read = _reads[granule];
        if (read >= barrier && ((read & ModeMask) == SeveralWarps || !IsOrdered(read, thread, own, (read & ModeMask) != 0)))
        {
            throw Conflict(granule, warp, lane, true, false, read);
        }
        _writes[granule] = own | mode | thread;
    }

    /// <summary>True where an access of this epoch comes before one by <paramref name="thread"/>: same thread, or same warp before its last synchronisation.</summary>
    private static bool IsOrdered(uint record, uint thread, uint own, bool severalLanes) =>
        record < PendingCopy
        && (((record ^ thread) & ThreadMask) == 0 && !severalLanes || ((record ^ thread) & WarpMask) == 0 && record < own);

    /// <summary>The rules of <see cref="ReadGranule"/> and <see cref="WriteGranule"/> for 16 granules at once; they decide where these say no.</summary>
    private readonly struct Rule(uint barrier, uint stamp)
    {
        private readonly Vector512<uint> _barrier = Vector512.Create(barrier << StampShift);
        private readonly Vector512<uint> _own = Vector512.Create(stamp << StampShift);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool MayRead(Vector512<uint> writes, Vector512<uint> thread, uint mode, ref Vector512<uint> reads)
        {
            var old = Vector512.LessThan(writes, _barrier);
            if (Vector512.EqualsAny(writes, Vector512<uint>.Zero))
            {
                return false;
            }
            if (old != Vector512<uint>.AllBitsSet && (old | Ordered(writes, thread, mode == 0)) != Vector512<uint>.AllBitsSet)
            {
                return false;
            }
            var record = thread | _own | Vector512.Create(mode);
            var fresh = Vector512.GreaterThanOrEqual(reads, _barrier);
            if (fresh != Vector512<uint>.Zero)
            {
                if ((fresh & Vector512.Equals(reads & Vector512.Create(ModeMask), Vector512.Create(SeveralWarps))) == Vector512<uint>.AllBitsSet)
                {
                    return true;
                }
                var difference = reads ^ thread;
                var readMode = reads & Vector512.Create(ModeMask);
                var otherWarp = ~Vector512.Equals(difference & Vector512.Create(WarpMask), Vector512<uint>.Zero)
                    | Vector512.Equals(readMode, Vector512.Create(SeveralWarps));
                var otherLane = Vector512.GreaterThanOrEqual(reads, _own)
                    & ~Vector512.Equals(readMode | difference & Vector512.Create(ThreadMask), Vector512<uint>.Zero);
                var wider = Vector512.ConditionalSelect(otherLane, record | Vector512.Create(SeveralLanes), record);
                var widest = record & Vector512.Create(~SeveralLanes) | Vector512.Create(SeveralWarps);
                record = Vector512.ConditionalSelect(fresh, Vector512.ConditionalSelect(otherWarp, widest, wider), record);
            }
            reads = record;
            return true;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool MayWrite(Vector512<uint> writes, Vector512<uint> reads, Vector512<uint> thread)
        {
            if (Vector512.LessThanAll(Vector512.Max(writes, reads), _barrier))
            {
                return true;
            }
            var readMode = reads & Vector512.Create(ModeMask);
            var one = Vector512.Equals(readMode, Vector512<uint>.Zero);
            var oneWarp = ~Vector512.Equals(readMode, Vector512.Create(SeveralWarps));
            var readsOrdered = Vector512.LessThan(reads, _barrier) | (Ordered(reads, thread, true) & one) | (Ordered(reads, thread, false) & oneWarp);
            var writesOrdered = Vector512.LessThan(writes, _barrier) | Ordered(writes, thread, true);
            return (readsOrdered & writesOrdered) == Vector512<uint>.AllBitsSet;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private Vector512<uint> Ordered(Vector512<uint> records, Vector512<uint> thread, bool byThread)
        {
            var difference = records ^ thread;
            var ordered = Vector512.Equals(difference & Vector512.Create(WarpMask), Vector512<uint>.Zero) & Vector512.LessThan(records, _own);
            if (byThread)
            {
                ordered |= Vector512.Equals(difference & Vector512.Create(ThreadMask), Vector512<uint>.Zero);
            }
            return ordered & Vector512.LessThan(records, Vector512.Create(PendingCopy));
        }
    }
}
