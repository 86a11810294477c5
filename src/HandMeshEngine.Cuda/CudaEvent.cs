namespace HandMeshEngine.Cuda;

/// <summary>A mark in a stream: to wait for, to order streams, to take times. Calls may come from any thread.</summary>
public sealed unsafe class CudaEvent : IDisposable
{
    private const uint BlockingWait = 1;
    private const uint DisableTiming = 2;
    private const uint External = 1;

    private int _disposed;

    /// <summary>Makes an event.</summary>
    /// <param name="context">The context of the streams it is recorded in.</param>
    /// <param name="timing">Whether it takes the time; one that does not is cheaper.</param>
    /// <param name="blocks">Whether a thread that waits for it sleeps.</param>
    /// <exception cref="CudaException">The driver refused.</exception>
    public CudaEvent(CudaContext context, bool timing, bool blocks = false)
    {
        Context = context;
        using CudaScope scope = context.Enter();
        nint handle;
        context.Check(context.Driver.Table.EventCreate(&handle, (timing ? 0 : DisableTiming) | (blocks ? BlockingWait : 0)), "cuEventCreate");
        Handle = handle;
        context.AddReference();
    }

    /// <summary>The context it belongs to.</summary>
    public CudaContext Context { get; }

    /// <summary>The CUevent.</summary>
    public nint Handle { get; }

    /// <summary>Whether all work before the last record is done.</summary>
    /// <exception cref="CudaException">The work failed.</exception>
    public bool IsDone
    {
        get
        {
            using CudaScope scope = Context.Enter();
            CudaResult result = Context.Driver.Table.EventQuery(Handle);
            if (result == CudaResult.NotReady)
            {
                return false;
            }

            Context.Check(result, "cuEventQuery");
            return true;
        }
    }

    /// <summary>Records it behind the work queued in <paramref name="stream"/> so far.</summary>
    /// <exception cref="CudaException">The driver refused.</exception>
    public void Record(CudaStream stream)
    {
        using CudaScope scope = Context.Enter();
        Context.Check(Context.Driver.Table.EventRecord(Handle, stream.Handle), "cuEventRecord");
    }

    /// <summary>Records it, in a capture, as a node of the graph: each replay records it anew, and the host may then ask it.</summary>
    /// <exception cref="CudaException">The driver refused.</exception>
    public void RecordInGraph(CudaStream stream)
    {
        using CudaScope scope = Context.Enter();
        Context.Check(Context.Driver.Table.EventRecordWithFlags(Handle, stream.Handle, External), "cuEventRecordWithFlags");
    }

    /// <summary>Waits until all work before the last record is done.</summary>
    /// <exception cref="CudaException">The work failed.</exception>
    public void Synchronize()
    {
        using CudaScope scope = Context.Enter();
        Context.Check(Context.Driver.Table.EventSynchronize(Handle), "cuEventSynchronize");
    }

    /// <summary>Microseconds from <paramref name="start"/> to this event; both done, both with timing. Resolution about 0.5 us.</summary>
    /// <exception cref="CudaException">One of them is not done or takes no time.</exception>
    public double ElapsedUsSince(CudaEvent start)
    {
        using CudaScope scope = Context.Enter();
        float milliseconds;
        Context.Check(Context.Driver.Table.EventElapsedTime(&milliseconds, start.Handle, Handle), "cuEventElapsedTime");
        return milliseconds * 1000.0;
    }

    /// <summary>Destroys the event.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            Context.Free(Context.Driver.Table.EventDestroy, Handle, "cuEventDestroy");
        }
    }
}
