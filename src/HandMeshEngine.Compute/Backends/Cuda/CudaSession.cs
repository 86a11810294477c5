using HandMeshEngine.Compute.Backends.Cuda.Tiles;
using HandMeshEngine.Compute.Planning.Memory;
using HandMeshEngine.Compute.Planning.Sharing;
using HandMeshEngine.Cuda;
using HandMeshEngine.Cuda.Compilation;

namespace HandMeshEngine.Compute.Backends.Cuda;

/// <summary>
/// A plan on a device: inputs in page-locked memory, one graph with copies and kernels, one wait a run. With a profile the graph reads
/// a clock between any two kernels, which then neither overlap nor run side by side.
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
    private readonly TimedGraph? _timed;
    private readonly CudaStream? _side;
    private readonly Dictionary<int, CudaEvent> _marks = [];
    private readonly bool _overlaps;
    private readonly Lazy<ResultDelivery> _delivery;
    private readonly CudaEvent _done;
    private readonly StagedFrames _frames;
    private readonly bool _ownsFrames;
    private readonly (WarpNormalizeOp Op, int Matrices)[] _warps;
    private readonly CudaWait _wait;
    private bool _isUnderWay;
    private bool _disposed;

    /// <summary>Loads the plan unless another session has; the session owns its share of it, unless this throws.</summary>
    public CudaSession(
        SharedPlan<LoadedPlan> shared, SessionOptions options, TileChoice tiles, CudaContext context, nint stream, Nvrtc? compiler,
        CudaSwitches switches,
        CudaTestHooks hooks,
        bool merges = true,
        StagedFrames? frames = null,
        TunedWeights? weights = null)
        : base(shared.Graph)
    {
        _shared = shared;
        (_overlaps, _wait) = (switches.Overlaps, switches.Wait);
        _delivery = new(() => new ResultDelivery(context, compiler, options, hooks.Sources ?? ProgramWriter.Sources));

        (_ownsFrames, _frames) = (frames is null, frames ?? new StagedFrames(context, switches.CopiesFrames));
        _warps =
        [
            .. shared.Graph.Nodes.Where(node => node.Op is WarpNormalizeOp && shared.Graph.Nodes[node.Inputs[0]].Op is ImageInputOp)
                .Select(node => ((WarpNormalizeOp)node.Op, node.Inputs[1])),
        ];

        // Nothing can be captured in a default stream, so there is always one of its own to capture in.
        _own = new CudaStream(context);
        _stream = stream == 0 ? _own : CudaStream.FromHandle(context, stream);
        var made = new Stack<IDisposable>([_own]);
        try
        {
            made.Push(_done = new CudaEvent(context, timing: false, blocks: switches.Wait == CudaWait.Blocked));
            LoadedPlan loaded = shared.GetOrMake(() => new LoadedPlan(
                context, _own,
                CudaLowering.Lower(
                    shared.Graph, options, tiles, hooks.RoundsHeads, merges, walks: switches.Walks && context.Device.CanLaunchCooperatively),
                compiler, options, switches, hooks.Sources ?? ProgramWriter.Sources, weights));
            _plan = loaded.Plan;
            PlanText = loaded.Text;
            made.Push(_memory = new PlanMemory(context, _own, loaded, hooks.SeparatesValues));
            _kernels = new PlanKernels(loaded, _memory);
            if (options.Profile)
            {
                made.Push(_timed = new TimedGraph(
                    _own, _kernels.Count, step => _kernels.Launch(step, _own, overlaps: false), () => CopyIn(_own), () => CopyOut(_own)));
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
        Settle();
        PlanBuffer buffer = _plan.Inputs[id];
        return MemoryMarshal.Cast<byte, T>(_memory.StagedInputs!.Span.Slice((int)buffer.Start, (int)buffer.Bytes))[..Graph.Nodes[id].Type.Shape.Count];
    }

    public override ReadOnlySpan<float> Output(string name)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        int id = ResultNode(name);
        Settle();
        return _plan.Results.TryGetValue(id, out PlanBuffer? buffer)
            ? MemoryMarshal.Cast<byte, float>(_memory.StagedOutputs!.Span.Slice((int)buffer.Start, (int)buffer.Bytes))[..Graph.Nodes[id].Type.Shape.Count]
            : throw NotObserved(name);
    }

    /// <inheritdoc/>
    /// <exception cref="CudaException">The device failed; after a sticky error every later run throws the same cause.</exception>
    public override void Run(ImageView image = default)
    {
        Begin(image);
        Execute();
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no such item, or no image.</exception>
    public override void Attach(int item, ImageView image, int frame)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if ((uint)item >= (uint)_plan.Images)
        {
            throw new ArgumentException($"item {item} of a plan that cuts {_plan.Images} items from images is not there", nameof(item));
        }

        RequireImage(image);
        Settle();
        Blocks[item] = Stage(image, item, frame);
    }

    /// <inheritdoc/>
    /// <exception cref="CudaException">The device failed; after a sticky error every later run throws the same cause.</exception>
    public override void RunAttached()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Settle();
        CheckIndices();
        Execute();
    }

    private void Execute()
    {
        if (Profile is not null)
        {
            RunMeasured(Profile);
        }
        else if (_graph is not null && _wait == CudaWait.Stream)
        {
            _graph.LaunchAndWait(_stream);
        }
        else
        {
            Launch();
            Wait();
        }
    }

    /// <inheritdoc/>
    /// <exception cref="CudaException">The device failed.</exception>
    public override void Start(ImageView image = default)
    {
        Begin(image);
        Launch();
        _done.Record(_stream);
        _isUnderWay = true;
    }

    /// <inheritdoc/>
    /// <exception cref="CudaException">The device failed, or there is no compiler for the kernel that copies.</exception>
    public override void Deliver(string output, ulong address, bool mirrors)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        int id = ResultNode(output);
        PlanBuffer buffer = _plan.Results.GetValueOrDefault(id) ?? throw NotObserved(output);
        _delivery.Value.Queue(_stream, _memory.AddressOf(new Pointer(buffer, 0)), address, Graph.Nodes[id].Type.Shape.Count, mirrors);
        _done.Record(_stream);
        _isUnderWay = true;
    }

    private void Launch()
    {
        if (_graph is not null)
        {
            _graph.Launch(_stream);
        }
        else
        {
            Queue(_stream);
        }
    }

    private void Wait()
    {
        if (_wait == CudaWait.Stream)
        {
            _stream.Synchronize();
            return;
        }

        _done.Record(_stream);
        if (_wait == CudaWait.Blocked)
        {
            _done.Synchronize();
            return;
        }

        while (!_done.IsDone)
        {
            Thread.SpinWait(1);
        }
    }

    /// <summary>What a run reads is checked and lies where its kernels look for it.</summary>
    private void Begin(ImageView image)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Settle();
        CheckIndices();
        if (_plan.Images > 0)
        {
            RequireImage(image);
            Blocks.Fill(Stage(image, null, 0));
        }
    }

    /// <summary>Waits for a run that was started, which reads and writes the memory that the host is about to touch.</summary>
    internal void Settle()
    {
        if (_isUnderWay)
        {
            _isUnderWay = false;
            _done.Synchronize();
        }
    }

    public override void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        try
        {
            Settle();
        }
        catch (CudaException)
        {
            // Of a device that failed, which was told where it did.
        }

        _graph?.Dispose();
        _timed?.Dispose();
        foreach (CudaEvent item in _marks.Values)
        {
            item.Dispose();
        }

        _side?.Dispose();

        if (_delivery.IsValueCreated)
        {
            _delivery.Value.Dispose();
        }

        _frames.Leave(this);
        if (_ownsFrames)
        {
            _frames.Dispose();
        }

        _done.Dispose();
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
        _timed!.Run(_stream);
        for (int i = 0; i < _kernels.Count; i++)
        {
            profile.AddMicroseconds(i, _timed.Microseconds(i));
        }

        profile.CountRun();
    }

    /// <summary>Runs a graph of this session's kernels and waits.</summary>
    public void RunAlone(TimedGraph timed)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        timed.Run(_stream);
    }

    /// <summary>The products of the plan under a clock, each launched several times in a row; in the order of <see cref="Products"/>.</summary>
    public TimedGraph TimeProducts(int repeats)
    {
        int[] steps = [.. Enumerable.Range(0, _kernels.Count).Where(step => _plan.Steps[step].Product is not null)];
        return new TimedGraph(
            _own,
            steps.Length,
            section =>
            {
                for (int i = 0; i < repeats; i++)
                {
                    _kernels.Launch(steps[section], _own, overlaps: false);
                }
            },
            static () => { },
            static () => { });
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

    /// <summary>The descriptions of the run's images.</summary>
    private Span<ImageBlock> Blocks => MemoryMarshal.Cast<byte, ImageBlock>(_memory.Image!.Span);

    /// <summary>
    /// Copies the pixels to page-locked memory, as far as warps reach, and says where the kernels find them; those in device memory are read
    /// where they lie.
    /// </summary>
    /// <param name="image">The image.</param>
    /// <param name="item">The item of the batch that is cut from it; null for all.</param>
    /// <param name="frame">Its place among the images of the call.</param>
    private ImageBlock Stage(ImageView image, int? item, int frame)
    {
        if (image.IsInDeviceMemory)
        {
            return ImageBlock.Of(image, image.DeviceAddress(0), image.Planes > 1 ? image.DeviceAddress(1) : 0, 0, packed: false);
        }

        RowRange rows = default;
        foreach ((WarpNormalizeOp op, int matrices) in _warps)
        {
            rows = rows.Around(_plan.Inputs.GetValueOrDefault(matrices) is { } buffer
                ? RowRange.Reached(MatricesOf(buffer, item), op, image)
                : new RowRange(0, image.StoredHeight));
        }

        return _frames[frame].Stage(image, rows, _stream, this);
    }

    private ReadOnlySpan<double> MatricesOf(PlanBuffer buffer, int? item)
    {
        Span<double> all = MemoryMarshal.Cast<byte, double>(_memory.StagedInputs!.Span.Slice((int)buffer.Start, (int)buffer.Bytes));
        return item is { } only ? all.Slice(9 * only, 9) : all;
    }
}
