namespace HandMeshEngine.Compute.Backends.Cpu.Plan;

/// <summary>Cuts rows of equal work into tiles.</summary>
internal static class RowCuts
{
    /// <summary>
    /// How many tiles: none with less than <paramref name="tileWork"/> units unless it is the only one, at most four a thread.
    /// </summary>
    public static int Count(int rows, long workPerRow, long tileWork, int threads) =>
        threads == 1 ? 1 : (int)Math.Clamp(rows * workPerRow / tileWork, 1, Math.Min(rows, 4 * threads));

    /// <summary>The rows of a tile.</summary>
    public static (int First, int Last) Range(int rows, int cuts, int tile) =>
        ((int)((long)rows * tile / cuts), (int)((long)rows * (tile + 1) / cuts));
}
