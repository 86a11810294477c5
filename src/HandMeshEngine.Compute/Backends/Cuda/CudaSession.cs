using HandMeshEngine.Compute.Backends.Cuda.Tiles;
using HandMeshEngine.Compute.Planning.Memory;
using HandMeshEngine.Compute.Planning.Sharing;
using HandMeshEngine.Cuda;
using HandMeshEngine.Cuda.Compilation;

namespace HandMeshEngine.Compute.Backends.Cuda;

/// <summary>
/// A plan on a device: inputs in page-locked memory, one graph with copies and kernels, one wait a run. With a profile the same
/// work is queued step by step between events.
/// </summary>
internal sealed class CudaSession : Session
{
    private readonly SharedPlan<LoadedPlan> _shared;
    private readonly CudaPlan _plan;
    private readonly CudaStream _own;
    private readonly CudaStream _stream;
    private readonly PlanMemory _memory;
    private readonly PlanKernels _kernels;
    private readonly CudaGraph? _graph;
    private readonly CudaEvent[] _events = [];
    private readonly CudaStream? _side;
    private readonly Dictionary<int, CudaEvent> _marks = [];
    private readonly bool _overlaps;
    private bool _disposed;

    /// <summary>Loads the plan unless another session has; the session owns its share of it, unless this throws.</summary>
    public CudaSession(
        SharedPlan<LoadedPlan> shared, SessionOptions options, TileChoice tiles, CudaContext context, nint stream, Nvrtc? compiler,
        CudaSwitches switches,
        CudaTestHooks hooks,
        bool merges = true)
        : base(shared.Graph)
    {
        _shared = shared;
        _overlaps = switches.Overlaps;

        // Nothing can be captured in a default stream, so there is always one of its own to capture in.
        _own = new CudaStream(context);
        _stream = stream == 0 ? _own : CudaStream.FromHandle(context, stream);
        var made = new Stack<IDisposable>([_own]);
        try
        {
            LoadedPlan loaded = shared.GetOrMake(() => new LoadedPlan(
                context, _own, CudaLowering.Lower(shared.Graph, options, tiles, hooks.RoundsHeads, merges), compiler, options, switches,
                hooks.Sources ?? ProgramWriter.Sources));
            _plan = loaded.Plan;
            PlanText = loaded.Text;
            made.Push(_memory = new PlanMemory(context, _own, loaded, hooks.SeparatesValues));
            _kernels = new PlanKernels(loaded, _memory);
            if (options.Profile)
            {
                _events = new CudaEvent[_kernels.Count + 1];
                for (int i = 0; i < _events.Length; i++)
                {
                    made.Push(_events[i] = new CudaEvent(context, timing: true));
                }

                Profile = new Profile([.. _plan.Steps.Select(
                    step => new ProfileStep(step.Node.Stage, $"{step.Variant} {step.Detail}", step.MultiplyAdds, step.Bytes))]);
            }
            else
            {
                if (_plan.Lanes.UsesSide)
                {
                    made.Push(_side = new CudaStream(context));
                    foreach (int step in Enumerable.Range(0, _kernels.Count).SelectMany(_plan.Lanes.Waits).Append(_plan.Lanes.Last).Distinct())
                    {
                        made.Push(_marks[step] = new CudaEvent(context, timing: false));
                    }
                }

                if (switches.UsesGraph)
                {
                    made.Push(_graph = CudaGraph.Capture(_own, () => Queue(_own)));
                }
            }
        }
        catch
        {
            while (made.TryPop(out IDisposable? item))
            {
                item.Dispose();
            }

            throw;
        }
    }

    public override string PlanText { get; }

    /// <summary>The product that each step computes on tensor cores, null where it computes none.</summary>
    public IReadOnlyList<ProductShape?> Products => [.. _plan.Steps.Select(step => step.Product)];

    public override long MemoryBytes => _memory.DeviceBytes;

    public override Span<T> Input<T>(string name)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        int id = InputNode<T>(name);
        PlanBuffer buffer = _plan.Inputs[id];
        return MemoryMarshal.Cast<byte, T>(_memory.StagedInputs!.Span.Slice((int)buffer.Start, (int)buffer.Bytes))[..Graph.Nodes[id].Type.Shape.Count];
    }

    public override ReadOnlySpan<float> Output(string name)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        int id = ResultNode(name);
        return _plan.Results.TryGetValue(id, out PlanBuffer? buffer)
            ? MemoryMarshal.Cast<byte, float>(_memory.StagedOutputs!.Span.Slice((int)buffer.Start, (int)buffer.Bytes))[..Graph.Nodes[id].Type.Shape.Count]
            : throw NotObserved(name);
    }

    /// <inheritdoc/>
    /// <exception cref="CudaException">The device failed; after a sticky error every later run throws the same cause.</exception>
    public override void Run(ImageView image = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        CheckIndices();
        if (_plan.ReadsImage)
        {
            RequireImage(image);
            Stage(image);
        }

        if (_graph is not null)
        {
            _graph.Launch(_stream);
            _stream.Synchronize();
        }
        else if (Profile is not null)
        {
            RunMeasured(Profile);
        }
        else
        {
            Queue(_stream);
            _stream.Synchronize();
        }
    }

    public override void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _graph?.Dispose();
        foreach (CudaEvent item in _events.Concat(_marks.Values))
        {
            item.Dispose();
        }

        _side?.Dispose();

        _memory.Dispose();
        _shared.Dispose();
        _own.Dispose();
    }

    /// <summary>Queues a whole run, branches in the side stream.</summary>
    private void Queue(CudaStream stream)
    {
        CopyIn(stream);
        Mark(LaunchLanes.Start, stream);
        LaunchLanes lanes = _plan.Lanes;
        for (int i = 0; i < _kernels.Count; i++)
        {
            CudaStream own = lanes.IsSide(i) ? _side! : stream;
            foreach (int before in lanes.Waits(i))
            {
                own.Wait(_marks[before]);
            }

            _kernels.Launch(i, own, overlaps: _overlaps && lanes.Follows(i));
            Mark(i, own);
        }

        if (lanes.Last != LaunchLanes.Start)
        {
            stream.Wait(_marks[lanes.Last]);
        }

        CopyOut(stream);
    }

    /// <summary>Records what is waited for.</summary>
    private void Mark(int step, CudaStream stream)
    {
        if (_marks.TryGetValue(step, out CudaEvent? mark))
        {
            mark.Record(stream);
        }
    }

    private void CopyIn(CudaStream stream)
    {
        if (_memory.Inputs is { } inputs)
        {
            stream.Copy(_memory.StagedInputs!, 0, inputs, 0, inputs.Bytes);
        }
    }

    private void CopyOut(CudaStream stream)
    {
        if (_memory.Outputs is { } outputs)
        {
            stream.Copy(outputs, 0, _memory.StagedOutputs!, 0, outputs.Bytes);
        }
    }

    private void RunMeasured(Profile profile)
    {
        CopyIn(_stream);
        _events[0].Record(_stream);
        for (int i = 0; i < _kernels.Count; i++)
        {
            _kernels.Launch(i, _stream, overlaps: false);
            _events[i + 1].Record(_stream);
        }

        CopyOut(_stream);
        _stream.Synchronize();
        for (int i = 0; i < _kernels.Count; i++)
        {
            profile.AddMicroseconds(i, _events[i + 1].ElapsedUsSince(_events[i]));
        }

        profile.CountRun();
    }

    /// <summary>A kernel cannot refuse an index, so those of inputs are checked before they leave.</summary>
    private void CheckIndices()
    {
        foreach (IndexCheck check in _plan.IndexChecks)
        {
            PlanBuffer buffer = _plan.Inputs[check.Input];
            check.Check(MemoryMarshal.Cast<byte, int>(_memory.StagedInputs!.Span.Slice((int)buffer.Start, (int)buffer.Bytes)));
        }
    }

    /// <summary>Copies the pixels to page-locked memory, where the kernels find them.</summary>
    private void Stage(ImageView image)
    {
        long bytes = 0;
        for (int plane = 0; plane < image.Planes; plane++)
        {
            bytes += image.PlaneBytes(plane);
        }

        PinnedMemory pixels = _memory.PixelsFor(bytes);
        Span<ulong> planes = stackalloc ulong[3];
        long at = 0;
        for (int plane = 0; plane < image.Planes; plane++)
        {
            planes[plane] = pixels.DeviceAddress + (ulong)at;
            int rows = image.Layout.Rows(plane, image.StoredHeight);
            for (int row = 0; row < rows; row++)
            {
                ReadOnlySpan<byte> from = image.PlaneRow(plane, row);
                from.CopyTo(pixels.Span[(int)at..]);
                at += from.Length;
            }
        }

        MemoryMarshal.Cast<byte, ImageBlock>(_memory.Image!.Span)[0] = ImageBlock.Of(image, planes[0], planes[1], planes[2]);
    }
}
