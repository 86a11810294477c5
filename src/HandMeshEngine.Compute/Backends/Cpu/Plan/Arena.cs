using HandMeshEngine.Compute.Planning.Memory;

namespace HandMeshEngine.Compute.Backends.Cpu.Plan;

/// <summary>
/// The working memory of a plan: all buffers, and the scratch memory of each thread, in one pinned array, which the spans handed to callers
/// keep alive.
/// </summary>
internal sealed unsafe class Arena
{
    /// <summary>Floats of a guard band.</summary>
    private const int GuardFloats = 1024;

    private const float GuardValue = -7.25e33f;

    // Kernels read whole vectors, past the end of the last buffer too.
    private const int Slack = 256;

    private const int Alignment = 256;

    private readonly byte[] _array;
    private readonly byte* _memory;
    private readonly List<(long Offset, long Floats)> _guards = [];

    /// <summary>Places the buffers of a plan and gives each step its scratch memory.</summary>
    public Arena(CpuPlan plan, int threads, bool guarded)
    {
        int last = plan.Length;
        (long[] offsets, long total) = guarded ? Spread(plan.Buffers) : ArenaPlanner.Place(
            [.. plan.Buffers.Select(buffer => buffer.Kind == BufferKind.Input
                ? new ArenaBuffer(buffer.Floats * sizeof(float), 0, last)
                : new ArenaBuffer(buffer.Floats * sizeof(float), buffer.FirstStep, Math.Min(buffer.LastStep, last)))]);
        long scratch = plan.Steps.Count == 0 ? 0 : Padded(plan.Steps.Max(pair => pair.Step.ScratchFloats) * sizeof(float));
        Bytes = total + (scratch * threads) + Slack + Alignment;
        _array = HostMemory.Allocate(Bytes, cleared: false);
        _memory = (byte*)(((nint)Unsafe.AsPointer(ref _array[0]) + Alignment - 1) & -Alignment);
        HugePages.Prefer(_memory, Bytes - Alignment);
        _array.AsSpan().Clear();
        for (int i = 0; i < offsets.Length; i++)
        {
            plan.Buffers[i].PlaceAt(_memory, offsets[i]);
        }

        foreach ((_, Step step) in plan.Steps)
        {
            step.SetScratch((float*)(_memory + total), scratch / sizeof(float));
        }

        foreach ((long offset, long floats) in _guards)
        {
            new Span<float>(_memory + offset, (int)floats).Fill(GuardValue);
        }
    }

    /// <summary>Size of the allocation.</summary>
    public long Bytes { get; }

    /// <summary>True if no guard band was written to.</summary>
    public bool GuardsAreIntact
    {
        get
        {
            foreach ((long offset, long floats) in _guards)
            {
                if (new Span<float>(_memory + offset, (int)floats).ContainsAnyExcept(GuardValue))
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>The elements at an address in the arena.</summary>
    public Span<T> Span<T>(float* data, int count)
        where T : unmanaged
    {
        int offset = (int)((byte*)data - (byte*)Unsafe.AsPointer(ref _array[0]));
        return MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref _array[offset]), count);
    }

    /// <summary>Places every buffer apart, between guard bands.</summary>
    private (long[] Offsets, long Total) Spread(List<CpuBuffer> buffers)
    {
        var offsets = new long[buffers.Count];
        long at = 0;
        for (int i = 0; i < buffers.Count; i++)
        {
            _guards.Add((at, GuardFloats));
            offsets[i] = at + (GuardFloats * sizeof(float));
            long end = offsets[i] + (buffers[i].Floats * sizeof(float));
            at = Padded(end) + (GuardFloats * sizeof(float));
            _guards.Add((end, (at - end) / sizeof(float)));
        }

        return (offsets, at);
    }

    private static long Padded(long bytes) => (bytes + Alignment - 1) / Alignment * Alignment;
}
