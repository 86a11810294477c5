namespace HandMeshEngine.Compute.Backends.Reference;

/// <summary>What one kind of op means: plain loops, sums in double precision. Implementations keep no state.</summary>
internal abstract class ReferenceOp
{
    /// <summary>Writes the result of an op into <paramref name="output"/>, which has the type that the op infers.</summary>
    public abstract void Evaluate(Op op, Tensor[] inputs, ImageView image, Tensor output);
}

/// <inheritdoc/>
internal abstract class ReferenceOp<TOp> : ReferenceOp
    where TOp : Op
{
    /// <inheritdoc/>
    public sealed override void Evaluate(Op op, Tensor[] inputs, ImageView image, Tensor output) => Evaluate((TOp)op, inputs, image, output);

    /// <inheritdoc cref="ReferenceOp.Evaluate"/>
    protected abstract void Evaluate(TOp op, Tensor[] inputs, Tensor output);

    /// <summary>The same for ops that read the image of a run.</summary>
    protected virtual void Evaluate(TOp op, Tensor[] inputs, ImageView image, Tensor output) => Evaluate(op, inputs, output);
}
