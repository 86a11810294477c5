namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

/// <summary>How the CPU backend runs one kind of op: by which steps, on which memory. Implementations keep no state.</summary>
internal abstract class CpuOp
{
    /// <summary>True if a result with memory of its own can also be written into a part of another value.</summary>
    public virtual bool WritesAnywhere => true;

    /// <summary>The border of zeros that the first input of a node needs; null if the op reads no border.</summary>
    public virtual Padding? BorderNeeded(OpGraph graph, Node node) => null;

    /// <summary>
    /// Appends the steps that compute a node and returns where its result lies; null if its only reader computes it.
    /// </summary>
    public abstract View? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct;
}

/// <inheritdoc/>
internal abstract class CpuOp<TOp> : CpuOp
    where TOp : Op
{
    /// <inheritdoc/>
    public sealed override View? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node) => Lower(plan, node, (TOp)node.Op);

    /// <inheritdoc cref="CpuOp.Lower"/>
    protected abstract View? Lower<TSimd, TVector>(Lowering<TSimd, TVector> plan, Node node, TOp op)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct;
}
