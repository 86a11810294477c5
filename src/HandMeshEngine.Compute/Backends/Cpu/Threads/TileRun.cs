namespace HandMeshEngine.Compute.Backends.Cpu.Threads;

/// <summary>
/// The tiles of one thread that nobody has taken yet, with the number of their job, in one integer: a compare-and-swap takes a tile
/// of exactly the job that is under way, however late a thread comes.
/// </summary>
internal static class TileRun
{
    // From the top: number of the job, the tile after the last, the first tile.
    private const int TileBits = 20;

    private const long TileMask = (1 << TileBits) - 1;

    private const int NumberMask = (1 << (64 - (2 * TileBits))) - 1;

    /// <summary>More tiles than a job may have.</summary>
    public const int TooMany = 1 << TileBits;

    /// <summary>The tiles with which a thread begins; of few tiles the caller, thread 0, gets one.</summary>
    public static (int First, int Last) Of(int tiles, int threads, int worker)
    {
        int Start(int thread) => (int)((((long)tiles * thread) + threads - 1) / threads);
        return (Start(worker), Start(worker + 1));
    }

    /// <summary>A run of tiles.</summary>
    public static long Make(int number, int first, int last) => ((long)number << (2 * TileBits)) | ((long)last << TileBits) | (uint)first;

    /// <summary>The number of the job.</summary>
    public static int Number(long run) => (int)(run >>> (2 * TileBits));

    /// <summary>The number of the job after this one.</summary>
    public static int Next(long run) => (Number(run) + 1) & NumberMask;

    /// <summary>Takes one tile, unless there is none.</summary>
    public static bool Take(ref long run, bool fromEnd, out int tile)
    {
        while (true)
        {
            long before = Volatile.Read(ref run);
            int first = (int)(before & TileMask), last = (int)((before >>> TileBits) & TileMask);
            tile = fromEnd ? last - 1 : first;
            if (first == last)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref run, fromEnd ? before - TooMany : before + 1, before) == before)
            {
                return true;
            }
        }
    }
}
