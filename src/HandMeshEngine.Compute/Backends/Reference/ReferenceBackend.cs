using HandMeshEngine.Compute.Passes;

namespace HandMeshEngine.Compute.Backends.Reference;

/// <summary>
/// The definition of every op as plain loops: no layout, no fusion, no threads. Slow and allocating on purpose; the other
/// backends are judged by it.
/// </summary>
public sealed class ReferenceBackend : Backend
{
    /// <inheritdoc/>
    public override string Name => "reference";

    /// <inheritdoc/>
    public override string Description => "plain loops, one thread";

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">A precision other than float32 is asked for.</exception>
    public override Session Open(OpGraph graph, SessionOptions options) =>
        Compile(DeadNodes.Remove(graph, options.Observe), options);

    private protected override Session Compile(OpGraph graph, SessionOptions options)
    {
        if (options.Precision != Precision.Float32)
        {
            throw new NotSupportedException("the reference backend computes in float32 only");
        }

        return new ReferenceSession(graph, options);
    }
}
