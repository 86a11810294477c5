using HandMeshEngine.Compute.Backends.Cpu.Plan;
using HandMeshEngine.Compute.Planning;

namespace HandMeshEngine.Compute.Backends.Cpu.RowBands;

/// <summary>
/// In which order a chain of row stages makes its rows. A tile is a run of rows of the last map, made in bands; for each band every
/// stage makes the rows that the next one still lacks. Rows between the stages are kept only as long as a later band reads them.
/// </summary>
internal sealed class RowBandSchedule
{
    // The rows between the stages stay in a second-level cache of 1 MB. Fewer rows at a time would move the rows that two bands share
    // more often.
    private const long WindowBytes = 768 * 1024;

    // A cut repeats the rows at its edge that both sides read.
    private const int CutsPerThread = 2, FewestRows = 4;

    private readonly IRowBandStep[] _stages;
    private readonly int _rows;

    public RowBandSchedule(IRowBandStep[] stages, int threads)
    {
        _stages = stages;
        _rows = stages[^1].Output.Height;
        Tiles = threads == 1 ? 1 : Math.Clamp(_rows / FewestRows, 1, CutsPerThread * threads);
        int longest = (_rows + Tiles - 1) / Tiles;
        Band = longest;
        while (Capacities().Sum() > WindowBytes / sizeof(float) && Band > 1)
        {
            Band = (Band + 1) / 2;
        }
    }

    /// <summary>Tiles of the last map.</summary>
    public int Tiles { get; }

    /// <summary>Rows of the last map that are made at a time.</summary>
    public int Band { get; private set; }

    /// <summary>The rows of the last map in a tile.</summary>
    public (int First, int Last) Rows(int tile) => RowCuts.Range(_rows, Tiles, tile);

    /// <summary>
    /// The rows of each stage's map that the rows which the next stage still has to make for a band of the last map read; they may leave
    /// the map. Earlier rows are read no more. <paramref name="done"/> says before which row each stage has made its rows.
    /// </summary>
    public void Reads(int first, int end, ReadOnlySpan<int> done, Span<(int First, int End)> rows)
    {
        rows[^1] = (first, end);
        for (int i = _stages.Length - 2; i >= 0; i--)
        {
            // What is outside the next stage's map is zeros that nobody makes.
            (int from, int to) = Missing(i + 1, rows[i + 1], done[i + 1]);
            (int top, int bottom) = _stages[i + 1].Window!.Value.Reads(from, Math.Max(from + 1, to));
            rows[i] = (top, to > from ? bottom : top);
        }
    }

    /// <summary>Floats that the rows between a stage and the next take.</summary>
    public long[] Capacities()
    {
        var most = new long[_stages.Length - 1];
        Walk((stage, reads, done) =>
        {
            if (stage < most.Length)
            {
                View map = _stages[stage].Output;
                long rows = Math.Max(reads.End, done) - reads.First;
                most[stage] = Math.Max(most[stage], (rows * map.RowStride) + ((long)(map.Border.Left + map.Border.Right) * map.PixelStride));
            }
        });
        return most;
    }

    /// <summary>Lets every stage make its tables for the numbers of rows that it will be asked for.</summary>
    public void Prepare() => Walk((stage, reads, done) =>
    {
        (int from, int end) = Missing(stage, reads, done);
        if (end > from)
        {
            _stages[stage].Prepare(end - from);
        }
    });

    // Visits each stage in each band of each tile, with what is read of its map and before which row it has made it.
    private void Walk(Action<int, (int First, int End), int> visit)
    {
        var reads = new (int First, int End)[_stages.Length];
        var done = new int[_stages.Length];
        for (int tile = 0; tile < Tiles; tile++)
        {
            (int first, int last) = Rows(tile);
            Array.Clear(done);
            for (int row = first; row < last; row += Band)
            {
                Reads(row, Math.Min(last, row + Band), done, reads);
                for (int i = 0; i < _stages.Length; i++)
                {
                    visit(i, reads[i], done[i]);
                    done[i] = Math.Max(done[i], Missing(i, reads[i], done[i]).End);
                }
            }
        }
    }

    /// <summary>The rows that a stage has to make, when it has made those before <paramref name="done"/> in this tile.</summary>
    public (int First, int End) Missing(int stage, (int First, int End) reads, int done) =>
        (Math.Max(done, Math.Max(0, reads.First)), Math.Min(reads.End, _stages[stage].Output.Height));
}
