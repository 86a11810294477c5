using HandMeshEngine.Compute.Backends.Reference;
using HandMeshEngine.Compute.Passes;

namespace HandMeshEngine.Compute;

/// <summary>Something that can run graphs. Thread-safe.</summary>
public abstract class Backend : IDisposable
{
    /// <summary>The name in options, plans and reports: <c>reference</c>, <c>cpu</c> or <c>cuda</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What computes, in words, for reports: processor and vector width, or device name.</summary>
    public abstract string Description { get; }

    /// <summary>
    /// Whether a run of a plan for several items takes clearly less than as many runs of a plan for one: on CUDA, where launches decide. Then
    /// items of a batch may have images of their own (<see cref="Session.Attach"/>).
    /// </summary>
    public virtual bool RunsBatchesAtOnce => false;

    /// <summary>Compiles a graph and allocates everything a run needs.</summary>
    /// <exception cref="GraphException">The graph holds something this backend cannot run.</exception>
    public virtual Session Open(OpGraph graph, SessionOptions options) =>
        Compile(Optimized(graph, options), options);

    /// <summary>The graph after the passes.</summary>
    private protected static OpGraph Optimized(OpGraph graph, SessionOptions options) =>
        Optimizer.Run(graph, options.Observe, (op, inputs, type) => ReferenceEvaluator.Evaluate(op, inputs, type));

    /// <summary>Compiles a graph that the passes have rewritten.</summary>
    private protected abstract Session Compile(OpGraph graph, SessionOptions options);

    /// <summary>
    /// From here to <see cref="EndFrame"/> no pixel of an image changes, so that sessions opened with
    /// <see cref="SessionOptions.SharesFrames"/> copy a row of it once for all of them, where they copy at all.
    /// </summary>
    public virtual void BeginFrame()
    {
    }

    /// <summary>Pixels may change again.</summary>
    public virtual void EndFrame()
    {
    }

    /// <summary>Releases threads or the device.</summary>
    public virtual void Dispose() => GC.SuppressFinalize(this);
}
