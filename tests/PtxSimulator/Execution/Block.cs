namespace PtxSimulator.Execution;

/// <summary>The warps of one block with their shared memory. Reused for block after block by one thread.</summary>
internal sealed unsafe class Block : IDisposable
{
    private readonly Kernel _kernel;
    private readonly Warp[] _warps;
    private readonly bool _reversed;
    private long _ticks;

    public Block(Kernel kernel, KernelLaunch shape, GlobalMemory memory, SimulatorOptions options)
    {
        _kernel = kernel;
        _reversed = options.ReversedOrder;
        Shape = shape;
        Global = new GlobalAccess(memory, Counters, options.CheckMemory);
        Shared = new SharedMemory(kernel.StaticSharedBytes + shape.DynamicSharedBytes, kernel.SharedGranuleShift, options.CheckMemory);
        MultiprocessorCount = options.MultiprocessorCount;
        _warps = new Warp[(shape.Block.Count + 31) / 32];
        for (int i = 0; i < _warps.Length; i++)
        {
            _warps[i] = new Warp(kernel, this, i);
        }
    }

    public KernelLaunch Shape { get; }

    public KernelCounters Counters { get; } = new();

    public GlobalAccess Global { get; }

    public SharedMemory Shared { get; }

    public int MultiprocessorCount { get; }

    public long Index { get; private set; }

    public Extent Position { get; private set; }

    public bool Exited { get; private set; }

    /// <summary>What the clock registers read; rises with every reading.</summary>
    public long Tick() => ++_ticks;

    public void Start(long index)
    {
        Index = index;
        Position = Shape.Grid.At(index);
        Exited = false;
        Counters.Blocks++;
        Shared.Reset();
        foreach (var warp in _warps)
        {
            warp.Start();
        }
    }

    /// <summary>Runs every warp that can go on, each for at most <paramref name="budget"/> instructions, then lets a full barrier go.</summary>
    private void Step(long budget)
    {
        bool ran = false;
        for (int i = 0; i < _warps.Length; i++)
        {
            var warp = _warps[_reversed ? _warps.Length - 1 - i : i];
            if (warp.State == WarpState.Ready)
            {
                warp.Run(budget);
                ran = true;
            }
        }
        if (!ran)
        {
            Exited = !Barriers.Release(_warps, this);
        }
    }

    public void RunToEnd(long instructionLimit)
    {
        while (!Exited)
        {
            StepBounded(instructionLimit, instructionLimit);
        }
    }

    /// <summary>As <see cref="Step"/>; a warp that has issued more than the limit counts as hung.</summary>
    public void StepBounded(long budget, long instructionLimit)
    {
        Step(budget);
        foreach (var warp in _warps)
        {
            if (warp.Issued >= instructionLimit)
            {
                throw new DeviceFaultException(
                    CudaResult.LaunchTimeout,
                    $"{_kernel.Name}: warp {warp.Index} of block {Position} has issued {warp.Issued} instructions and does not end; blocks must not wait for each other outside a cooperative launch");
            }
        }
    }

    public void Dispose()
    {
        Shared.Dispose();
        foreach (var warp in _warps)
        {
            warp.Free();
        }
    }
}
