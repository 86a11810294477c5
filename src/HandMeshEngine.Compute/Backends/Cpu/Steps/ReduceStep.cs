namespace HandMeshEngine.Compute.Backends.Cpu.Steps;

/// <summary>Mean, sum or maximum along axes of any strides; one task for each run of results along the innermost axis.</summary>
internal sealed unsafe class ReduceStep<TSimd, TVector> : Step
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    private const int TaskWork = 16 * 1024;

    // Vectors that are reduced at once, so that their sums do not wait for each other.
    private const int Block = 4;

    private readonly Reduction _reduction;
    private readonly ReduceAxes _kept;
    private readonly long[] _offsets;
    private readonly View _input;
    private readonly View _output;
    private readonly int _vectorAxis;
    private readonly int _runs;
    private readonly int _tasks;

    public ReduceStep(Reduction reduction, ReduceAxes kept, ReduceAxes gone, View input, View output, int threads)
    {
        _reduction = reduction;
        _kept = kept;
        _input = input;
        _output = output;
        _offsets = Offsets(gone);

        // Vectors run along the axis that is adjacent in memory, if it stays.
        _vectorAxis = Array.FindIndex(kept.From, stride => stride == 1);
        _runs = kept.Extents.Where((_, axis) => axis != _vectorAxis).Aggregate(1, (a, b) => a * b)
            * (_vectorAxis < 0 ? 1 : (kept.Extents[_vectorAxis] + (Block * TSimd.Width) - 1) / (Block * TSimd.Width));
        _tasks = TaskSplit.Count(_runs, (long)_offsets.Length * (_vectorAxis < 0 ? 1 : Block * TSimd.Width), TaskWork, threads);
    }

    public override int Tasks => _tasks;

    public override string Describe() => $"reduce {_reduction.ToString().ToLowerInvariant()} {_input} -> {_output}";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Compute(int task, float* scratch)
    {
        (int first, int last) = TaskSplit.Range(_runs, _tasks, task);
        for (int run = first; run < last; run++)
        {
            float* from = _input.Data;
            float* to = _output.Data;
            int rest = run, count = 1;
            for (int axis = _kept.Extents.Length - 1; axis >= 0; axis--)
            {
                int steps = axis == _vectorAxis
                    ? (_kept.Extents[axis] + (Block * TSimd.Width) - 1) / (Block * TSimd.Width)
                    : _kept.Extents[axis];
                (rest, int index) = Math.DivRem(rest, steps);
                if (axis == _vectorAxis)
                {
                    index *= Block * TSimd.Width;
                    count = Math.Min(Block * TSimd.Width, _kept.Extents[axis] - index);
                }

                from += index * _kept.From[axis];
                to += index * _kept.To[axis];
            }

            if (_vectorAxis < 0)
            {
                *to = One(from);
            }
            else if (count == Block * TSimd.Width)
            {
                Vectors(from, to, scratch);
            }
            else
            {
                for (int i = 0; i < count; i += TSimd.Width)
                {
                    Vector(from + i, to + (i * _kept.To[_vectorAxis]), Math.Min(TSimd.Width, count - i), scratch);
                }
            }
        }
    }

    public override int ScratchFloats => TSimd.Width;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Vectors(float* from, float* to, float* scratch)
    {
        TVector start = _reduction == Reduction.Max ? TSimd.Broadcast(float.NegativeInfinity) : TSimd.Zero;
        TVector a = start, b = start, c = start, d = start;
        foreach (long offset in _offsets)
        {
            float* at = from + offset;
            TVector e = TSimd.Load(at), f = TSimd.Load(at + TSimd.Width);
            TVector g = TSimd.Load(at + (2 * TSimd.Width)), h = TSimd.Load(at + (3 * TSimd.Width));
            if (_reduction == Reduction.Max)
            {
                a = TSimd.Max(a, e);
                b = TSimd.Max(b, f);
                c = TSimd.Max(c, g);
                d = TSimd.Max(d, h);
            }
            else
            {
                a = TSimd.Add(a, e);
                b = TSimd.Add(b, f);
                c = TSimd.Add(c, g);
                d = TSimd.Add(d, h);
            }
        }

        long step = _kept.To[_vectorAxis] * TSimd.Width;
        Finish(a, to, TSimd.Width, scratch);
        Finish(b, to + step, TSimd.Width, scratch);
        Finish(c, to + (2 * step), TSimd.Width, scratch);
        Finish(d, to + (3 * step), TSimd.Width, scratch);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Vector(float* from, float* to, int count, float* scratch)
    {
        TVector value = _reduction == Reduction.Max ? TSimd.Broadcast(float.NegativeInfinity) : TSimd.Zero;
        foreach (long offset in _offsets)
        {
            TVector term = Lanes<TSimd, TVector>.Load(from + offset, count);
            value = _reduction == Reduction.Max ? TSimd.Max(value, term) : TSimd.Add(value, term);
        }

        Finish(value, to, count, scratch);
    }

    private void Finish(TVector value, float* to, int count, float* scratch)
    {
        if (_reduction == Reduction.Mean)
        {
            value = TSimd.Divide(value, TSimd.Broadcast(_offsets.Length));
        }

        long step = _kept.To[_vectorAxis];
        if (step == 1)
        {
            Lanes<TSimd, TVector>.Store(value, to, count);
            return;
        }

        TSimd.Store(value, scratch);
        for (int i = 0; i < count; i++)
        {
            to[i * step] = scratch[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float One(float* from)
    {
        double sum = 0;
        float max = float.NegativeInfinity;
        foreach (long offset in _offsets)
        {
            sum += from[offset];
            max = Math.Max(max, from[offset]);
        }

        return _reduction switch
        {
            Reduction.Max => max,
            Reduction.Mean => (float)(sum / _offsets.Length),
            _ => (float)sum,
        };
    }

    private static long[] Offsets(ReduceAxes gone)
    {
        long[] offsets = [0];
        for (int axis = 0; axis < gone.Extents.Length; axis++)
        {
            int extent = gone.Extents[axis];
            long stride = gone.From[axis];
            offsets = [.. offsets.SelectMany(offset => Enumerable.Range(0, extent).Select(i => offset + (i * stride)))];
        }

        return offsets;
    }
}
