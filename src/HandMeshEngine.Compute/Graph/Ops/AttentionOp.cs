namespace HandMeshEngine.Compute.Graph;

/// <summary>
/// Multi-head dot-product attention, fused: q [N, Q, E], k [N, K, E], v [N, K, E] -> [N, Q, E]. Head h owns columns
/// h E/heads .. (h+1) E/heads - 1 of each; out_h = softmax_keys(q_h k_h^T Scale) v_h.
/// </summary>
public sealed record AttentionOp(int Heads, float Scale) : Op("attention")
{
    /// <inheritdoc/>
    internal override OpTraits Traits => new(ResultMemory.Packed, OperandPrecision.Plan, SplitHalves.None, MovesOnly: false, AlwaysFloat32: false, FusesSumAndAffine: false, IsBFloat16Product: false);

    /// <inheritdoc/>
    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        Require(inputs.Count == 3, "expected q, k and v");
        RequireRank(inputs, 0, 3);
        RequireRank(inputs, 1, 3);
        RequireRank(inputs, 2, 3);
        var q = inputs[0].Shape;
        var k = inputs[1].Shape;
        var v = inputs[2].Shape;
        Require(q[0] == k[0] && q[2] == k[2] && k.Equals(v), $"q {q}, k {k} and v {v} do not fit");
        Require(Heads > 0 && q[2] % Heads == 0, $"{q[2]} columns do not split in {Heads} heads");
        return inputs[0];
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(IReadOnlyList<TensorType> inputs, TensorType output) =>
        2L * output.Shape.Count * inputs[1].Shape[1];

    /// <inheritdoc/>
    public override string Describe() => $"heads {Heads}";
}

public sealed partial class GraphBuilder
{
    /// <summary>Multi-head attention without projections.</summary>
    public Value Attention(Value q, Value k, Value v, int heads, float scale) => Add(new AttentionOp(heads, scale), q, k, v);
}
