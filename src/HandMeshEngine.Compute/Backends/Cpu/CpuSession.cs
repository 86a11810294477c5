using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics;
using System.Text;
using HandMeshEngine.Compute.Backends.Cpu.Machine;
using HandMeshEngine.Compute.Backends.Cpu.RowBands;
using HandMeshEngine.Compute.Backends.Cpu.Threads;
using HandMeshEngine.Compute.Backends.Cpu.Warp;
using HandMeshEngine.Compute.Passes;
using HandMeshEngine.Compute.Planning.Sharing;

namespace HandMeshEngine.Compute.Backends.Cpu;

/// <summary>A plan with its memory: runs the steps one after the other, the tasks of each on the threads of the pool.</summary>
internal sealed unsafe class CpuSession : Session
{
    private readonly SharedPlan<ConstantStore> _shared;
    private readonly CpuPlan _plan;
    private readonly Step[] _steps;
    private readonly WorkerPool _pool;
    private readonly ImageSource _image = new();
    private readonly Arena _arena;
    private readonly WarmUp _warmUp;
    private bool _disposed;

    /// <summary>Makes the plan; the session owns its share of it, unless this throws.</summary>
    public CpuSession(SharedPlan<ConstantStore> shared, SessionOptions options, SimdLevel level, WorkerPool pool, bool guarded, bool refusesCode)
        : base(shared.Graph)
    {
        _shared = shared;
        _pool = pool;
        OpGraph graph = shared.Graph;
        int[] results = [.. graph.Outputs.Values, .. DeadNodes.Observed(graph, options.Observe)];
        CpuPlan Plan(ConstantStore constants) => level switch
        {
            SimdLevel.Vector512 => CpuPlanner.Plan<Simd512, Vector512<float>>(graph, results, pool.Threads, _image, constants),
            SimdLevel.Vector256 => CpuPlanner.Plan<Simd256, Vector256<float>>(graph, results, pool.Threads, _image, constants),
            _ => CpuPlanner.Plan<Simd128, Vector128<float>>(graph, results, pool.Threads, _image, constants),
        };
        CpuPlan? first = null;
        ConstantStore filled = shared.GetOrMake(() => (first = Plan(new ConstantStore(options.Precision == Precision.BFloat16 ? new MachineCode(refusesCode) : null))).Constants);
        _plan = first ?? Plan(new ConstantStore(filled));
        _steps = [.. _plan.Steps.Select(pair => pair.Step)];
        _arena = new Arena(_plan, pool.Threads, guarded);
        _warmUp = new WarmUp(_plan, _arena, _image);
        PlanText = Print();
        if (options.Profile)
        {
            Profile = new Profile([.. _plan.Steps.Select(pair => Measured(NodesOf(pair.Node, pair.Step), pair.Step))]);
        }
    }

    public override string PlanText { get; }

    public override long MemoryBytes => _arena.Bytes + _plan.Constants.Bytes + (_plan.Constants.Code?.Bytes ?? 0);

    /// <summary>True if nothing was written between the buffers; only for a guarded backend.</summary>
    internal bool GuardsAreIntact => _arena.GuardsAreIntact;

    public override Span<T> Input<T>(string name)
    {
        Begin();
        int id = InputNode<T>(name);
        return _arena.Span<T>(_plan.Inputs[id].Data, Graph.Nodes[id].Type.Shape.Count);
    }

    public override ReadOnlySpan<float> Output(string name)
    {
        Begin();
        return _plan.Results.TryGetValue(ResultNode(name), out View? view)
            ? _arena.Span<float>(view.Data, view.Count)
            : throw NotObserved(name);
    }

    public override void Run(ImageView image = default)
    {
        Begin();
        RequireImage(image);
        fixed (byte* first = image.Plane(0), second = image.Planes > 1 ? image.Plane(1) : default, third = image.Planes > 2 ? image.Plane(2) : default)
        {
            _image.Take(image, first, second, third);
            _pool.BeginPlan();
            try
            {
                if (Profile is null)
                {
                    foreach (Step step in _steps)
                    {
                        _pool.Run(step, step.AllTasks);
                    }
                }
                else
                {
                    RunMeasured(Profile);
                }
            }
            finally
            {
                _pool.EndPlan();
                _image.Forget();
            }
        }
    }

    public override void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _warmUp.Wait(); // it may run in code that is about to be freed
            _shared.Dispose();
        }
    }

    private void Begin()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _warmUp.Wait();
    }

    private void RunMeasured(Profile profile)
    {
        for (int i = 0; i < _steps.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            _pool.Run(_steps[i], _steps[i].AllTasks);
            profile.Add(i, Stopwatch.GetTimestamp() - start);
        }

        profile.CountRun();
    }

    private static IReadOnlyList<Node> NodesOf(Node node, Step step) => step is RowBandsStep bands ? bands.Nodes : [node];

    private ProfileStep Measured(IReadOnlyList<Node> nodes, Step step)
    {
        // Fused steps move what the first reads from outside and the last writes.
        long bytes = nodes[0].Inputs.Concat(nodes.Skip(1).SelectMany(node => node.Inputs.Where(id => nodes.All(other => other.Id != id))))
            .Append(nodes[^1].Id).Sum(id => (long)Graph.Nodes[id].Type.Shape.Count * Graph.Nodes[id].Type.Type.Size());

        // The arithmetic of a node counts for its last step: earlier ones move operands. Fused nodes have one step each.
        Node last = nodes[^1];
        bool isLast = ReferenceEquals(_plan.Steps.Last(pair => pair.Node == last).Step, step);
        long multiplyAdds = nodes.Where(node => node != last || isLast).Sum(node => node.Op.MultiplyAdds(Graph.InputTypes(node), node.Type));
        return new ProfileStep(last.Stage, step.Describe(), multiplyAdds, bytes);
    }

    private string Print()
    {
        var text = new StringBuilder();
        string stage = string.Empty;
        foreach ((Node node, Step step) in _plan.Steps)
        {
            if (node.Stage != stage)
            {
                stage = node.Stage;
                text.Append("stage ").Append(stage).Append('\n');
            }

            text.Append(CultureInfo.InvariantCulture, $"  %{node.Id} {step.Describe()} x{step.AllTasks}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"arena {_arena.Bytes} bytes, constants {_plan.Constants.Bytes} bytes\n");
        return text.ToString();
    }
}
