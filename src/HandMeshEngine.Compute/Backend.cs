using HandMeshEngine.Compute.Graph;

namespace HandMeshEngine.Compute;

/// <summary>Something that can run graphs. Thread-safe.</summary>
public abstract class Backend : IDisposable
{
    /// <summary>The name in options, plans and reports: <c>reference</c>, <c>cpu</c> or <c>cuda</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What computes, in words, for reports: processor and vector width, or device name.</summary>
    public abstract string Description { get; }

    /// <summary>Compiles a graph and allocates everything a run needs.</summary>
    /// <exception cref="GraphException">The graph holds something this backend cannot run.</exception>
    public abstract Session Open(OpGraph graph, SessionOptions options);

    /// <summary>Releases threads or the device.</summary>
    public virtual void Dispose() => GC.SuppressFinalize(this);
}
