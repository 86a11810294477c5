namespace PtxSimulator.Operations;

/// <summary>
/// Passes a shared-memory request takes. 32 banks of 4 bytes; lanes reading the same word share it. Requests of 8 bytes a lane
/// are served by half warps, of 16 bytes by quarter warps.
/// </summary>
internal unsafe struct BankConflicts(int size)
{
    private readonly int _lanesAtOnce = 128 / Math.Max(4, size);
    private int _lastGroup = -1;
    private int _groups;
    private bool _isMixed;

    /// <summary>Notes a run of lanes. Lanes served together that all belong to one run never conflict.</summary>
    public void Add(LaneRun run)
    {
        int first = run.First / _lanesAtOnce, last = (run.First + run.Count - 1) / _lanesAtOnce;
        _isMixed |= first == _lastGroup;
        _groups += last - first + 1;
        _lastGroup = last;
    }

    /// <summary>The passes of the whole request.</summary>
    public readonly int Passes(ulong* addresses, uint mask) => _isMixed ? Wavefronts(addresses, mask, size) : _groups;

    /// <summary>The same for lanes at any addresses.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Wavefronts(ulong* addresses, uint mask, int size)
    {
        int unit = BitOperations.Log2((uint)Math.Max(4, size)), lanesAtOnce = 128 >> unit;
        ulong* seen = stackalloc ulong[32 * 32];
        int total = 0;
        for (int first = 0; first < 32; first += lanesAtOnce)
        {
            uint group = mask >> first & (uint)((1ul << lanesAtOnce) - 1);
            if (group != 0)
            {
                total += Passes(addresses + first, group, unit, lanesAtOnce - 1, seen);
            }
        }
        return total;
    }

    /// <summary>Lanes conflict where they fall into the same slot of banks at different addresses; seen holds the addresses slot by slot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Passes(ulong* addresses, uint group, int unit, int slotMask, ulong* seen)
    {
        byte* depths = stackalloc byte[32];
        new Span<byte>(depths, 32).Clear();
        int passes = 1;
        for (uint rest = group; rest != 0; rest &= rest - 1)
        {
            ulong piece = addresses[BitOperations.TrailingZeroCount(rest)] >> unit;
            int slot = (int)piece & slotMask, depth = depths[slot];
            ulong* known = seen + slot * 32;
            if (!new ReadOnlySpan<ulong>(known, depth).Contains(piece))
            {
                known[depth] = piece;
                depths[slot] = (byte)(depth + 1);
                passes = Math.Max(passes, depth + 1);
            }
        }
        return passes;
    }
}
