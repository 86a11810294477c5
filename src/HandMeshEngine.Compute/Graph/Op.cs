namespace HandMeshEngine.Compute.Graph;

/// <summary>
/// One arithmetic operation: its attributes, no data. Immutable; equal attributes are equal ops. The meaning of each
/// op is its twin in <c>Backends/Reference</c>. Image-like values are [N, C, H, W], mesh-like values [N, V, C]
/// (N = batch), whatever layout a backend stores.
/// </summary>
public abstract record Op
{
    private protected Op(string kind) => Kind = kind;

    /// <summary>The op's name in plans, profiles and messages, for example <c>conv2d</c>.</summary>
    public string Kind { get; }

    /// <summary>What planners must know of the op.</summary>
    internal abstract OpTraits Traits { get; }

    /// <summary>The operands that are index tables; <see cref="GraphBuilder"/> refuses integers that no op lists here.</summary>
    internal virtual IReadOnlyList<IndexTable> IndexTables => [];

    /// <summary>The type of the result for inputs of these types.</summary>
    /// <exception cref="GraphException">The inputs do not fit the op.</exception>
    public abstract TensorType Infer(IReadOnlyList<TensorType> inputs);

    /// <summary>Multiply-adds of one evaluation; 0 for ops that only move or compare.</summary>
    public virtual long MultiplyAdds(IReadOnlyList<TensorType> inputs, TensorType output) => 0;

    /// <summary>The attributes as text for plans, without the op's name.</summary>
    public virtual string Describe() => string.Empty;

    /// <summary>Throws a <see cref="GraphException"/> that names this op when <paramref name="fits"/> is false.</summary>
    protected void Require(bool fits, string message)
    {
        if (!fits)
        {
            throw new GraphException($"{Kind}: {message}");
        }
    }

    /// <summary>Throws unless input <paramref name="index"/> exists and has one of the given ranks.</summary>
    protected void RequireRank(IReadOnlyList<TensorType> inputs, int index, params ReadOnlySpan<int> ranks)
    {
        Require(index < inputs.Count, $"input {index} is missing");
        Require(
            ranks.Contains(inputs[index].Shape.Rank),
            $"input {index} is {inputs[index].Shape}, expected rank {string.Join(" or ", ranks.ToArray())}");
    }
}
