using System.Runtime.Intrinsics;
using PtxSimulator.Execution;

namespace PtxSimulator.Memory;

internal sealed unsafe partial class SharedMemory
{
    /// <summary>For 1, 2, 4, 8, 16 granules a lane: the lane of each granule in a run of lanes.</summary>
    private static readonly uint[][] s_laneOfGranule = [.. Enumerable.Range(0, 5).Select(shift =>
        Enumerable.Range(0, (32 << shift) + 16).Select(g => (uint)(g >> shift)).ToArray())];

    /// <summary>Records a read by neighbouring lanes of neighbouring pieces of <paramref name="bytesPerLane"/> bytes.</summary>
    public void CheckRead(ulong offset, int bytesPerLane, int firstLane, int lanes, Warp warp)
    {
        if (!_check)
        {
            return;
        }
        int granule = (int)(offset >> _granuleShift), perLane = Shift(bytesPerLane), count = lanes << perLane;
        uint barrier = _barrier << StampShift, own = warp.Stamp << StampShift;
        uint thread = (uint)(warp.Index * 32 + firstLane);
        fixed (uint* laneOf = s_laneOfGranule[perLane])
        {
            int g = 0;
            for (; g + 16 <= count; g += 16)
            {
                var writes = Vector512.Load(_writes + granule + g);
                var reads = Vector512.Load(_reads + granule + g);
                var self = Vector512.Load(laneOf + g) + Vector512.Create(thread | own);
                bool fresh = Vector512.GreaterThanOrEqualAny(writes, Vector512.Create(barrier))
                    || Vector512.EqualsAny(writes, Vector512<uint>.Zero);
                if (fresh || Vector512.GreaterThanOrEqualAny(reads, Vector512.Create(barrier)))
                {
                    for (int i = g; i < g + 16; i++)
                    {
                        ReadGranule(granule + i, firstLane + (int)laneOf[i], 0, warp);
                    }
                }
                else
                {
                    self.Store(_reads + granule + g);
                }
            }
            for (; g < count; g++)
            {
                ReadGranule(granule + g, firstLane + (int)laneOf[g], 0, warp);
            }
        }
    }

    /// <summary>Records a read of one piece by several lanes of a warp at once.</summary>
    public void CheckSharedRead(ulong offset, int bytes, int firstLane, Warp warp)
    {
        if (!_check)
        {
            return;
        }
        int granule = (int)(offset >> _granuleShift), count = bytes >> _granuleShift;
        for (int i = granule; i < granule + count; i++)
        {
            ReadGranule(i, firstLane, SeveralLanes, warp);
        }
    }

    /// <summary>Records a write by neighbouring lanes of neighbouring pieces of <paramref name="bytesPerLane"/> bytes.</summary>
    public void CheckWrite(ulong offset, int bytesPerLane, int firstLane, int lanes, Warp warp)
    {
        if (!_check)
        {
            return;
        }
        int granule = (int)(offset >> _granuleShift), perLane = Shift(bytesPerLane), count = lanes << perLane;
        uint barrier = _barrier << StampShift, own = warp.Stamp << StampShift;
        uint thread = (uint)(warp.Index * 32 + firstLane);
        fixed (uint* laneOf = s_laneOfGranule[perLane])
        {
            int g = 0;
            for (; g + 16 <= count; g += 16)
            {
                var newest = Vector512.Max(Vector512.Load(_writes + granule + g), Vector512.Load(_reads + granule + g));
                if (Vector512.GreaterThanOrEqualAny(newest, Vector512.Create(barrier)))
                {
                    for (int i = g; i < g + 16; i++)
                    {
                        WriteGranule(granule + i, firstLane + (int)laneOf[i], 0, warp);
                    }
                }
                else
                {
                    (Vector512.Load(laneOf + g) + Vector512.Create(thread | own)).Store(_writes + granule + g);
                }
            }
            for (; g < count; g++)
            {
                WriteGranule(granule + g, firstLane + (int)laneOf[g], 0, warp);
            }
        }
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

    /// <summary>Marks the destination of an asynchronous copy: any touch is an error until <see cref="LandCopy"/>.</summary>
    public void BeginCopy(ulong offset, int bytes, int lane, Warp warp)
    {
        if (!_check)
        {
            return;
        }
        int granule = (int)(offset >> _granuleShift), count = bytes >> _granuleShift;
        for (int i = granule; i < granule + count; i++)
        {
            WriteGranule(i, lane, 0, warp);
            _writes[i] = PendingCopy | (uint)(warp.Index * 32 + lane);
        }
    }

    /// <summary>The issuing lane has waited: the bytes count as written by it now.</summary>
    public void LandCopy(ulong offset, int bytes, int lane, Warp warp)
    {
        if (!_check)
        {
            return;
        }
        int granule = (int)(offset >> _granuleShift), count = bytes >> _granuleShift;
        uint record = warp.Stamp << StampShift | (uint)(warp.Index * 32 + lane);
        for (int i = granule; i < granule + count; i++)
        {
            _writes[i] = record;
        }
    }

    private int Shift(int bytesPerLane) => System.Numerics.BitOperations.Log2((uint)bytesPerLane) - _granuleShift;

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
}
