namespace HandMeshEngine.Cuda;

/// <summary>Captured work that is replayed with one call. One replay at a time; replays are ordered by their streams.</summary>
public sealed unsafe class CudaGraph : IDisposable
{
    private const int ThreadLocalCapture = 1;

    private readonly nint _exec;
    private int _disposed;

    private CudaGraph(CudaContext context, nint exec, int nodeCount)
    {
        Context = context;
        _exec = exec;
        NodeCount = nodeCount;
        context.AddReference();
    }

    /// <summary>The context it belongs to.</summary>
    public CudaContext Context { get; }

    /// <summary>How many kernels, copies and fills it holds.</summary>
    public int NodeCount { get; }

    /// <summary>Records the work that <paramref name="record"/> queues in a stream, without running it.</summary>
    /// <param name="stream">A stream that is not a default one; other streams join by events and must be joined back.</param>
    /// <param name="record">Queues the work; it may not wait for anything and may not allocate device memory.</param>
    /// <exception cref="ArgumentException">The stream is a default one.</exception>
    /// <exception cref="CudaException">The driver refused.</exception>
    public static CudaGraph Capture(CudaStream stream, Action record)
    {
        if (stream.IsDefault)
        {
            throw new ArgumentException("work on a default stream cannot be captured; give a stream of its own", nameof(stream));
        }

        CudaContext context = stream.Context;
        CudaDriver driver = context.Driver;
        using CudaScope scope = context.Enter();
        context.Check(driver.Table.StreamBeginCapture(stream.Handle, ThreadLocalCapture), "cuStreamBeginCapture");
        nint graph = 0;
        try
        {
            record();
            context.Check(driver.Table.StreamEndCapture(stream.Handle, &graph), "cuStreamEndCapture");
        }
        catch
        {
            // Whatever went wrong, the stream must not stay in capture mode; what ending it says is of no interest any more.
            if (graph == 0 && driver.Table.StreamEndCapture(stream.Handle, &graph) == CudaResult.Success && graph != 0)
            {
                driver.Table.GraphDestroy(graph);
            }

            throw;
        }

        context.AddReference();
        try
        {
            return Instantiate(context, stream, graph);
        }
        finally
        {
            context.Free(driver.Table.GraphDestroy, graph, "cuGraphDestroy");
        }
    }

    /// <summary>Queues a replay in a stream, which need not be the one it was captured in. Allocates nothing.</summary>
    /// <exception cref="CudaException">The driver refused.</exception>
    public void Launch(CudaStream stream)
    {
        using CudaScope scope = Context.Enter();
        Context.Check(Context.Driver.Table.GraphLaunch(_exec, stream.Handle), "cuGraphLaunch");
    }

    /// <summary>Queues a replay in a stream and waits until all work there is done. Allocates nothing.</summary>
    /// <exception cref="CudaException">The driver refused, or the work failed, now or earlier.</exception>
    public void LaunchAndWait(CudaStream stream)
    {
        using CudaScope scope = Context.Enter();
        Context.Check(Context.Driver.Table.GraphLaunch(_exec, stream.Handle), "cuGraphLaunch");
        Context.Check(Context.Driver.Table.StreamSynchronize(stream.Handle), "cuStreamSynchronize");
    }

    /// <summary>Destroys it.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            Context.Free(Context.Driver.Table.GraphExecDestroy, _exec, "cuGraphExecDestroy");
        }
    }

    private static CudaGraph Instantiate(CudaContext context, CudaStream stream, nint graph)
    {
        CudaDriver driver = context.Driver;
        nuint nodes = 0;
        context.Check(driver.Table.GraphGetNodes(graph, null, &nodes), "cuGraphGetNodes");
        nint exec;
        CudaResult result = driver.Table.GraphInstantiateWithFlags != null
            ? driver.Table.GraphInstantiateWithFlags(&exec, graph, 0)
            : driver.Table.GraphInstantiate(&exec, graph, null, null, 0);
        context.Check(result, "cuGraphInstantiate");
        CudaGraph captured = new(context, exec, (int)nodes);
        result = driver.Table.GraphUpload(exec, stream.Handle);
        if (result != CudaResult.Success)
        {
            captured.Dispose();
            context.Throw(result, "cuGraphUpload", "");
        }

        return captured;
    }
}
