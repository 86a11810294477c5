namespace PtxSimulator.Driver;

internal sealed unsafe partial class SimulatedDriver
{
    private const int ThreadLocalCapture = 1;
    private const int RelaxedCapture = 2;

    /// <summary>CUDA_ERROR_STREAM_CAPTURE_UNJOINED, _ISOLATION and their like have no name in the engine's list.</summary>
    private const CudaResult CaptureUnmatched = (CudaResult)903;
    private const CudaResult CaptureUnjoined = (CudaResult)904;

    private CudaResult BeginCapture(nint handle, int mode) => Call("cuStreamBeginCapture", () =>
    {
        var stream = Stream(handle);
        if (stream == _default || stream.Capture != null)
        {
            return Refuse(CudaResult.StreamCaptureUnsupported, stream == _default ? "the default stream cannot be captured" : "the stream is captured already");
        }
        stream.Capture = new GraphState { CaptureMode = mode, CaptureThread = Environment.CurrentManagedThreadId };
        stream.CaptureTail = [];
        stream.IsCaptureOrigin = true;
        return CudaResult.Success;
    });

    private CudaResult EndCapture(nint handle, nint* graph) => Call("cuStreamEndCapture", () =>
    {
        *graph = 0;
        var stream = Stream(handle);
        if (stream.Capture is not GraphState captured || !stream.IsCaptureOrigin)
        {
            return Refuse(CaptureUnmatched, "the stream is not one where a capture began");
        }
        bool joined = AllStreams.Where(s => s.Capture == captured).All(s => Ancestors(captured, stream.CaptureTail).IsSupersetOf(s.CaptureTail));
        foreach (var taking in AllStreams.Where(s => s.Capture == captured))
        {
            taking.Capture = null;
            taking.CaptureTail = [];
            taking.IsCaptureOrigin = false;
        }
        foreach (var signal in _objects.Values.OfType<EventState>().Where(e => e.Capture == captured))
        {
            signal.Capture = null;
        }
        if (captured.IsInvalid)
        {
            return Refuse(CudaResult.StreamCaptureInvalidated, "a forbidden call during the capture made it invalid");
        }
        if (!joined)
        {
            return Refuse(CaptureUnjoined, "a stream that was forked into the capture was not joined again");
        }
        *graph = Register(captured);
        return CudaResult.Success;
    });

    /// <summary>The nodes given and all they depend on.</summary>
    private static HashSet<int> Ancestors(GraphState graph, IEnumerable<int> tail)
    {
        var found = new HashSet<int>();
        var open = new Stack<int>(tail);
        while (open.TryPop(out int node))
        {
            if (found.Add(node))
            {
                Array.ForEach(graph.Nodes[node].After, open.Push);
            }
        }
        return found;
    }

    private static void DemandValid(GraphState graph)
    {
        if (graph.IsInvalid)
        {
            throw new DriverRefusal(CudaResult.StreamCaptureInvalidated, "the capture is invalid already");
        }
    }

    /// <summary>Allocations wait for the device, which a capture in a strict mode does not allow.</summary>
    private void ForbidWhileCapturing(string call)
    {
        foreach (var stream in AllStreams)
        {
            if (stream.Capture is GraphState graph
                && graph.CaptureMode != RelaxedCapture
                && (graph.CaptureMode != ThreadLocalCapture || graph.CaptureThread == Environment.CurrentManagedThreadId))
            {
                graph.IsInvalid = true;
                throw new DriverRefusal(CudaResult.StreamCaptureUnsupported, $"{call} during a capture");
            }
        }
    }

    private CudaResult GraphGetNodes(nint handle, nint* nodes, nuint* count) => Call("cuGraphGetNodes", () =>
    {
        var graph = Find<GraphState>(handle);
        if (nodes != null)
        {
            int wanted = (int)Math.Min(*count, (nuint)graph.Nodes.Count);
            for (int i = 0; i < wanted; i++)
            {
                nodes[i] = i + 1;
            }
        }
        *count = (nuint)graph.Nodes.Count;
        return CudaResult.Success;
    });

    private CudaResult GraphInstantiateWithFlags(nint* exec, nint graph, ulong flags) => Call("cuGraphInstantiateWithFlags", () => Instantiate(exec, graph));

    private CudaResult GraphInstantiate(nint* exec, nint graph, nint* errorNode, byte* log, nuint logBytes) =>
        Call("cuGraphInstantiate", () => Instantiate(exec, graph));

    private CudaResult Instantiate(nint* exec, nint graph)
    {
        *exec = Register(new GraphExecState([.. Find<GraphState>(graph).Nodes]));
        return CudaResult.Success;
    }

    private CudaResult GraphUpload(nint exec, nint stream) => Call("cuGraphUpload", () =>
    {
        Find<GraphExecState>(exec);
        Stream(stream);
        return CudaResult.Success;
    });

    private CudaResult GraphLaunch(nint handle, nint streamHandle) => Call("cuGraphLaunch", () =>
    {
        var exec = Find<GraphExecState>(handle);
        var stream = Stream(streamHandle);
        if (stream.Capture != null)
        {
            return Refuse(CudaResult.NotSupported, "a graph launched inside a capture is not simulated");
        }
        Counters.GraphLaunches++;
        Submit(stream, new Work("graph", () => Replay(exec)));
        return CudaResult.Success;
    });

    /// <summary>Runs every node after those it depends on: in the order of the capture, or shuffled in any order that allows.</summary>
    private void Replay(GraphExecState exec)
    {
        _memory.Order = _options.CheckOrder
            ? new AccessOrder([.. exec.Nodes.Select(node => (node.Work.Name, node.After))], _memory.DeviceAllocations)
            : null;
        try
        {
            foreach (int node in ReplayOrder(exec))
            {
                if (_memory.Order != null)
                {
                    _memory.Order.Node = node;
                }
                exec.Nodes[node].Work.Run();
            }
        }
        finally
        {
            _memory.Order = null;
        }
    }

    private IEnumerable<int> ReplayOrder(GraphExecState exec)
    {
        if (_random == null)
        {
            foreach (int node in Enumerable.Range(0, exec.Nodes.Count))
            {
                yield return node;
            }
            yield break;
        }
        var open = Enumerable.Range(0, exec.Nodes.Count).ToList();
        while (open.Count > 0)
        {
            var ready = open.Where(n => !exec.Nodes[n].After.Intersect(open).Any()).ToList();
            int next = ready[_random.Next(ready.Count)];
            open.Remove(next);
            yield return next;
        }
    }

    private CudaResult GraphExecDestroy(nint exec) => Call(
        "cuGraphExecDestroy",
        () =>
        {
            Find<GraphExecState>(exec);
            DrainAll();
            _objects.Remove(exec);
            return CudaResult.Success;
        },
        frees: true);

    private CudaResult GraphDestroy(nint graph) => Call(
        "cuGraphDestroy",
        () =>
        {
            Find<GraphState>(graph);
            _objects.Remove(graph);
            return CudaResult.Success;
        },
        frees: true);
}
