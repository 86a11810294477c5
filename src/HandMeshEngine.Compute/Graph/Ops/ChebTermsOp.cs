namespace HandMeshEngine.Compute.Graph;

/// <summary>
/// The Chebyshev recurrence on a graph: x [N, V, C] and the rescaled Laplacian L in ELL form (index Int32 [V, W],
/// value [V, W]) -> [N, V, Terms C], term-major: T0 = x, T1 = L x, Tk = 2 L T(k-1) - T(k-2); column k C + c is Tk[., c].
/// A linear op on the result is a Chebyshev graph convolution (Defferrard et al. 2016).
/// </summary>
public sealed record ChebTermsOp(int Terms) : Op("chebterms")
{
    /// <inheritdoc/>
    internal override OpTraits Traits => new(ResultMemory.Packed, OperandPrecision.Plan, SplitHalves.None, MovesOnly: false, AlwaysFloat32: false, FusesSumAndAffine: false, IsBFloat16Product: false);

    /// <inheritdoc/>
    internal override IReadOnlyList<IndexTable> IndexTables => [new(1)];

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        RequireRank(inputs, 0, 3);
        RequireRank(inputs, 1, 2);
        Require(Terms >= 2, "a recurrence has at least two terms");
        Require(inputs.Count == 3 && inputs[2].Shape.Equals(inputs[1].Shape), "index and value differ in shape");
        var x = inputs[0].Shape;
        Require(inputs[1].Shape[0] == x[1], $"Laplacian of {inputs[1].Shape[0]} nodes on {x}");
        return TensorType.Float(x[0], x[1], Terms * x[2]);
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(IReadOnlyList<TensorType> inputs, TensorType output) =>
        (long)(Terms - 1) * inputs[0].Shape.Count * inputs[1].Shape[1];

    /// <inheritdoc/>
    public override string Describe() => $"{Terms} terms";
}

public sealed partial class GraphBuilder
{
    /// <summary>Chebyshev terms T0..T(terms-1) of the Laplacian in ELL form, side by side (term-major).</summary>
    public Value ChebTerms(Value x, Value index, Value value, int terms) => Add(new ChebTermsOp(terms), x, index, value);
}
