namespace HandMeshEngine.Cuda;

/// <summary>While it lives, a context is current on this thread. Made by <see cref="CudaContext.Enter"/>; dispose it on the same thread.</summary>
public readonly ref struct CudaScope
{
    private readonly CudaContext? _pushed;

    internal CudaScope(CudaContext pushed)
    {
        _pushed = pushed;
    }

    /// <summary>Makes the context before current again.</summary>
    public void Dispose() => _pushed?.Leave();
}
