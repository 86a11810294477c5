using HandMeshEngine.Compute.Planning.Fusions;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <summary>In which precision the values of a plan are stored and its products computed.</summary>
internal sealed class Precisions
{
    /// <summary>Up to here all that a product does is read its weights once, so it runs on lanes and not on tensor cores.</summary>
    public const int MostRowsByLanes = 4;

    private readonly bool _isHalf;
    private readonly HashSet<int> _outputReachable;
    private readonly HashSet<int> _residualStream;
    private readonly HashSet<int> _split;

    /// <summary>Decides for a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="uses">Who reads what in it.</param>
    /// <param name="precision">The plan's.</param>
    /// <param name="epilogues">Nodes whose steps store values of other nodes; these values are not split.</param>
    /// <param name="roundsHeads">Whether sums that go to the caller are rounded like others, as tests of lone ops want it.</param>
    public Precisions(OpGraph graph, Uses uses, Precision precision, IReadOnlyDictionary<int, FusedEpilogue> epilogues, bool roundsHeads)
    {
        _isHalf = precision switch
        {
            Precision.Float32 => false,
            Precision.Float16 => true,
            _ => throw new NotSupportedException("the cuda backend computes in fp16 or fp32; bf16 needs cpu"),
        };
        _outputReachable = roundsHeads ? [] : OutputReachable.Find(graph);
        _residualStream = ResidualStream.Find(graph, _outputReachable);
        _split = _isHalf ? SplitMaps.Find(graph, uses, _outputReachable) : [];
        _split.ExceptWith(epilogues.Keys);
    }

    /// <summary>Whether a node's result is stored in fp16. Vectors are not: they are small, and what they feed reads either type.</summary>
    public bool IsHalf(Node node) =>
        (node.Type.Shape.Rank > 2 || node.Type.Shape.Count > MostRowsByLanes * node.Type.Shape[-1])
        && _isHalf && !node.FullPrecision && !_outputReachable.Contains(node.Id) && !_residualStream.Contains(node.Id)
        && !node.Op.Traits.AlwaysFloat32;

    /// <summary>Whether an input map is converted to fp16 as it is laid out: nothing reads it in full precision.</summary>
    public bool IsHalfInput(Node input, Uses uses) =>
        _isHalf && !input.FullPrecision && !uses.Of(input.Id).Any(use => use.Reader.FullPrecision);

    /// <summary>Whether a node's result is stored as high and low halves.</summary>
    public bool IsSplit(int id) => _split.Contains(id);

    /// <summary>
    /// Whether a node is computed on tensor cores. Heads, whose sums go to the caller as they are, are not: there the rounding of
    /// operands would show most, and they are small. What reads a split map is, whatever it is.
    /// </summary>
    public bool UsesTensorCores(Node node) => _isHalf && (!IsExact(node) || MultipliesSplit(node));

    /// <summary>Whether a convolution multiplies both halves of its operand.</summary>
    public bool MultipliesSplit(Node node) => node.Op is Conv2dOp { Groups: 1 } && IsExact(node) && IsSplit(node.Inputs[0]);

    /// <summary>Whether what fp16 takes from the weights is multiplied too.</summary>
    public bool SplitsWeights(Node node, Tensor weights) => UsesTensorCores(node)
        && (node.Rounding == Rounding.Activations || IsExact(node)) && !SplitMaps.IsExact(weights.Span<float>());

    private bool IsExact(Node node) => node.FullPrecision || _outputReachable.Contains(node.Id);
}
