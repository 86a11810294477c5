namespace HandMeshEngine.Compute.Backends.Cpu.RowBands;

/// <summary>
/// Several steps on large maps as one: each band of rows goes through all of them while it is in the second-level cache, in the scratch
/// memory of the thread, and the maps between them are never stored. The kernels, and so the results, are those of the single steps.
/// </summary>
internal sealed unsafe class RowBandsStep : Step
{
    private const int CacheLine = 16;

    private readonly IRowBandStep[] _steps;
    private readonly RowBandSchedule _schedule;
    private readonly long[] _starts;

    public RowBandsStep(IReadOnlyList<Node> nodes, IReadOnlyList<Step> steps, int threads)
    {
        Nodes = nodes;
        _steps = [.. steps.Cast<IRowBandStep>()];
        _schedule = new RowBandSchedule(_steps, threads);
        _schedule.Prepare();
        _starts = new long[_steps.Length];
        long[] capacities = _schedule.Capacities();
        for (int i = 0; i < capacities.Length; i++)
        {
            // Kernels read whole vectors past the end of a row.
            _starts[i + 1] = _starts[i] + ((capacities[i] + (4 * CacheLine)) / CacheLine * CacheLine);
        }

        foreach (View border in steps[^1].Clears)
        {
            Clear(border);
        }
    }

    /// <summary>The nodes whose steps are fused.</summary>
    public IReadOnlyList<Node> Nodes { get; }

    public override int Tasks => _schedule.Tasks;

    public override int ScratchFloats => checked((int)_starts[^1]);

    public override string Describe() => $"bands of {_schedule.Band} rows: " + string.Join(" | ", _steps.Select(step => ((Step)step).Describe()));

    protected override void Compute(int task, float* scratch)
    {
        int count = _steps.Length;
        Span<(int First, int End)> reads = stackalloc (int, int)[count];
        Span<int> done = stackalloc int[count];
        Span<int> bases = stackalloc int[count];
        done.Clear();
        (int first, int last) = _schedule.Rows(task);
        for (int row = first; row < last; row += _schedule.Band)
        {
            _schedule.Reads(row, Math.Min(last, row + _schedule.Band), done, reads);
            for (int i = 0; i < count; i++)
            {
                (int from, int end) = _schedule.Missing(i, reads[i], done[i]);
                if (i < count - 1)
                {
                    if (row == first)
                    {
                        ClearBorder(_steps[i].Output, scratch + _starts[i], scratch + _starts[i + 1], reads[i]);
                    }

                    Advance(_steps[i].Output, scratch + _starts[i], reads[i], row == first ? reads[i].First : bases[i], done[i]);
                    bases[i] = reads[i].First;
                }

                if (end > from)
                {
                    _steps[i].RunRows(
                        from,
                        end - from,
                        i == 0 ? _steps[0].Input.Data : RowZero(_steps[i - 1].Output, scratch + _starts[i - 1], bases[i - 1]),
                        i == count - 1 ? _steps[i].Output.Data : RowZero(_steps[i].Output, scratch + _starts[i], bases[i]));
                    done[i] = end;
                }
            }
        }
    }

    private static float* RowZero(View map, float* window, int firstRow) =>
        window + ((long)map.Border.Left * map.PixelStride) - ((long)firstRow * map.RowStride);

    // Zeros above, left and right of the rows of a task. Rows move by whole rows, so that these zeros stay where they are needed.
    private static void ClearBorder(View map, float* window, float* end, (int First, int End) reads)
    {
        int left = map.Border.Left * map.PixelStride, interior = map.Width * map.PixelStride, gap = map.RowStride - interior;
        long above = (long)Math.Clamp(-reads.First, 0, reads.End - reads.First) * map.RowStride;
        new Span<float>(window, (int)above + left).Clear();
        for (float* row = window + above + left + interior; gap > 0 && row < end; row += map.RowStride)
        {
            new Span<float>(row, (int)Math.Min(gap, end - row)).Clear();
        }
    }

    // Moves the rows that are still read to the front of the window, and clears rows below the map.
    private static void Advance(View map, float* window, (int First, int End) reads, int before, int done)
    {
        long gone = (long)(reads.First - before) * map.RowStride;
        if (gone > 0 && done > reads.First)
        {
            long kept = ((long)(done - reads.First) * map.RowStride) + ((long)map.Border.Left * map.PixelStride);
            Buffer.MemoryCopy(window + gone, window, kept * sizeof(float), kept * sizeof(float));
        }

        int below = Math.Max(map.Height, reads.First);
        if (reads.End > below)
        {
            long start = (long)(below - reads.First) * map.RowStride;
            new Span<float>(window + start + ((long)map.Border.Left * map.PixelStride), (reads.End - below) * map.RowStride).Clear();
        }
    }
}
