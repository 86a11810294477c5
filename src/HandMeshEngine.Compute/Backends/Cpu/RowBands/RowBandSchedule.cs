namespace HandMeshEngine.Compute.Backends.Cpu.RowBands;

/// <summary>
/// The order in which fused steps compute their rows. A task is a range of rows of the last map, computed in bands: for each band, every step
/// computes the rows that the next step still lacks. Rows between steps are kept only while a later band reads them.
/// </summary>
internal sealed class RowBandSchedule
{
    // The rows between the steps fit a second-level cache of 1 MB. Smaller bands would move the rows that two bands share more often.
    private const long WindowBytes = 768 * 1024;

    // Rows that two tasks read are computed by both.
    private const int CutsPerThread = 2, FewestRows = 4;

    private readonly IRowBandStep[] _steps;
    private readonly int _rows;

    public RowBandSchedule(IRowBandStep[] steps, int threads)
    {
        _steps = steps;
        _rows = steps[^1].Output.Height;
        Tasks = threads == 1 ? 1 : Math.Clamp(_rows / FewestRows, 1, CutsPerThread * threads);
        int longest = (_rows + Tasks - 1) / Tasks;
        Band = longest;
        while (Capacities().Sum() > WindowBytes / sizeof(float) && Band > 1)
        {
            Band = (Band + 1) / 2;
        }
    }

    /// <summary>Tasks that the rows of the last map are cut in.</summary>
    public int Tasks { get; }

    /// <summary>Rows of the last map in a band.</summary>
    public int Band { get; private set; }

    /// <summary>The rows of the last map in a task.</summary>
    public (int First, int Last) Rows(int task) => TaskSplit.Range(_rows, Tasks, task);

    /// <summary>
    /// The rows that are read of each step's map for a band of the last map; they may reach out of the map. Rows before them are not read
    /// any more. <paramref name="done"/>: each step has computed the rows before this one.
    /// </summary>
    public void Reads(int first, int end, ReadOnlySpan<int> done, Span<(int First, int End)> rows)
    {
        rows[^1] = (first, end);
        for (int i = _steps.Length - 2; i >= 0; i--)
        {
            // Rows outside the next step's map are zeros that no step computes.
            (int from, int to) = Missing(i + 1, rows[i + 1], done[i + 1]);
            (int top, int bottom) = _steps[i + 1].Window!.Value.Reads(from, Math.Max(from + 1, to));
            rows[i] = (top, to > from ? bottom : top);
        }
    }

    /// <summary>Floats that the rows between each step and the next need.</summary>
    public long[] Capacities()
    {
        var most = new long[_steps.Length - 1];
        Walk((step, reads, done) =>
        {
            if (step < most.Length)
            {
                View map = _steps[step].Output;
                long rows = Math.Max(reads.End, done) - reads.First;
                most[step] = Math.Max(most[step], (rows * map.RowStride) + ((long)(map.Border.Left + map.Border.Right) * map.PixelStride));
            }
        });
        return most;
    }

    /// <summary>Lets every step make its tables for each number of rows that it will compute at once.</summary>
    public void Prepare() => Walk((step, reads, done) =>
    {
        (int from, int end) = Missing(step, reads, done);
        if (end > from)
        {
            _steps[step].Prepare(end - from);
        }
    });

    // Visits each step in each band of each task, with the rows that are read of its map and the first that it has not computed.
    private void Walk(Action<int, (int First, int End), int> visit)
    {
        var reads = new (int First, int End)[_steps.Length];
        var done = new int[_steps.Length];
        for (int task = 0; task < Tasks; task++)
        {
            (int first, int last) = Rows(task);
            Array.Clear(done);
            for (int row = first; row < last; row += Band)
            {
                Reads(row, Math.Min(last, row + Band), done, reads);
                for (int i = 0; i < _steps.Length; i++)
                {
                    visit(i, reads[i], done[i]);
                    done[i] = Math.Max(done[i], Missing(i, reads[i], done[i]).End);
                }
            }
        }
    }

    /// <summary>The rows that a step still has to compute, those before <paramref name="done"/> being done in this task.</summary>
    public (int First, int End) Missing(int step, (int First, int End) reads, int done) =>
        (Math.Max(done, Math.Max(0, reads.First)), Math.Min(reads.End, _steps[step].Output.Height));
}
