namespace HandMeshEngine.Compute.Backends.Cuda.Ops;

/// <summary>How the CUDA backend runs one kind of op: by which launches, on which views. Implementations keep no state.</summary>
internal abstract class CudaOp
{
    /// <summary>Appends the launches that compute a node, and says where its result lies.</summary>
    public abstract void Lower(CudaLoweringContext context, Node node);
}

/// <inheritdoc/>
internal abstract class CudaOp<TOp> : CudaOp
    where TOp : Op
{
    /// <inheritdoc/>
    public sealed override void Lower(CudaLoweringContext context, Node node) => Lower(context, node, (TOp)node.Op);

    /// <inheritdoc cref="CudaOp.Lower"/>
    protected abstract void Lower(CudaLoweringContext context, Node node, TOp op);
}
