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
    /// <remarks>In bf16 it rounds the operands of the same products as a processor does, after the same passes.</remarks>
    /// <exception cref="NotSupportedException">Fp16 is asked for.</exception>
    public override Session Open(OpGraph graph, SessionOptions options) =>
        Compile(options.Precision == Precision.BFloat16 ? Optimized(graph, options) : DeadNodes.Remove(graph, options.Observe), options);

    private protected override Session Compile(OpGraph graph, SessionOptions options)
    {
        if (options.Precision == Precision.Float16)
        {
            throw new NotSupportedException("the reference backend computes in fp32, or as bf16 rounds");
        }

        return new ReferenceSession(graph, options);
    }
}
