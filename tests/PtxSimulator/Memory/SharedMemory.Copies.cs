namespace PtxSimulator.Memory;

internal sealed unsafe partial class SharedMemory
{
    /// <summary>Marks the destinations of asynchronous copies at checked offsets: any touch is an error until they land.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void BeginCopies(ulong* offsets, uint mask, int bytes, Warp warp)
    {
        bool byFours = _granuleShift == 2 && bytes == 16;
        for (int lane = 0; _check && lane < 32; lane += 4)
        {
            uint four = mask >> lane & 15;
            if (byFours && four == 15 && TryBeginFour(offsets + lane, lane, warp))
            {
                continue;
            }
            for (; four != 0; four &= four - 1)
            {
                int one = lane + BitOperations.TrailingZeroCount(four);
                BeginOne(offsets[one], one, bytes, warp);
            }
        }
    }

    /// <summary>The issuing lanes have waited: the bytes count as written by them now.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void LandCopies(ulong* offsets, uint mask, int bytes, Warp warp)
    {
        int count = bytes >> _granuleShift;
        uint stamp = warp.Stamp << StampShift;
        for (uint rest = _check ? mask : 0; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            uint record = stamp | (uint)(warp.Index * 32 + lane);
            uint* records = _writes + (offsets[lane] >> _granuleShift);
            if (count == 4)
            {
                Vector128.Create(record).Store(records);
                continue;
            }
            new Span<uint>(records, count).Fill(record);
        }
    }

    private void BeginOne(ulong offset, int lane, int bytes, Warp warp)
    {
        int granule = (int)(offset >> _granuleShift), count = bytes >> _granuleShift;
        for (int i = granule; i < granule + count; i++)
        {
            WriteGranule(i, lane, 0, warp);
            _writes[i] = PendingCopy | (uint)(warp.Index * 32 + lane);
        }
    }

    /// <summary>Four lanes with 16 bytes each; false where one of them may be wrong, or two copy to one place.</summary>
    private bool TryBeginFour(ulong* offsets, int lane, Warp warp)
    {
        bool distinct = offsets[0] != offsets[1] && offsets[0] != offsets[2] && offsets[0] != offsets[3]
            && offsets[1] != offsets[2] && offsets[1] != offsets[3] && offsets[2] != offsets[3];
        uint first = (uint)(warp.Index * 32 + lane);
        var thread = Vector512.Create(
            Vector256.Create(Vector128.Create(first), Vector128.Create(first + 1)),
            Vector256.Create(Vector128.Create(first + 2), Vector128.Create(first + 3)));
        if (!distinct || !new Rule(_barrier, warp.Stamp).MayWrite(FourRows(_writes, offsets), FourRows(_reads, offsets), thread))
        {
            return false;
        }
        for (uint i = 0; i < 4; i++)
        {
            Vector128.Create(PendingCopy | (first + i)).Store(_writes + (offsets[i] >> 2));
        }
        return true;
    }
}
