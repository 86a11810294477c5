using HandMeshEngine.Compute.Backends.Cuda.Tiles;
using HandMeshEngine.Compute.Planning.Fusions;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <summary>
/// What launches do for several nodes of a graph: the searches of Planning/Fusions, with what the kernels can do and what pays on the
/// device.
/// </summary>
internal sealed class CudaFusions : IConvChainCosts
{
    private readonly OpGraph _graph;
    private readonly Precisions _precisions;
    private readonly ConstantPool _constants;
    private readonly ConvChainTiles _chainTiles;
    private readonly Dictionary<int, FusedEpilogue> _epilogues;
    private readonly HashSet<int> _fused;
    private readonly Dictionary<int, ConcatPart> _parts;
    private readonly Dictionary<int, Node> _pointwise;
    private readonly Dictionary<int, FusedConvChain> _chains;

    /// <summary>Searches a graph; <paramref name="chains"/> off leaves a launch to each convolution.</summary>
    public CudaFusions(
        OpGraph graph, Uses uses, Dictionary<int, FusedEpilogue> epilogues, Precisions precisions, ConstantPool constants, TileModel model, bool chains)
    {
        _graph = graph;
        _precisions = precisions;
        _constants = constants;
        _epilogues = epilogues;
        _chainTiles = new ConvChainTiles(model);
        _fused = [.. epilogues.Values.SelectMany(epilogue => new[] { epilogue.Sum, epilogue.Affine }).OfType<Node>().Select(node => node.Id)];
        _fused.UnionWith(PointMaps.Fused(graph, uses));
        _pointwise = DepthwisePointwise.Find(graph, uses, MultipliesRows);
        _parts = ConcatInPlace.Find(graph, (node, part) => Fits(node, part, uses));
        _chains = chains ? new ConvChains(graph, uses, epilogues, this).Find(_fused) : [];
    }

    /// <summary>Nodes that the launches of others compute.</summary>
    public IReadOnlySet<int> Fused => _fused;

    /// <summary>What the launch of a node stores after its own epilogue; null if nothing.</summary>
    public FusedEpilogue? EpilogueOf(Node node) => _epilogues.GetValueOrDefault(node.Id);

    /// <summary>Whether a launch stores its sums as they are, before what its fused epilogue makes of them.</summary>
    /// <param name="node">The node.</param>
    /// <param name="stores">Whether it would without one.</param>
    public bool StoresUnscaled(Node node, bool stores) => EpilogueOf(node) is { Affine: not null } epilogue ? epilogue.StoresUnscaled : stores;

    /// <summary>The part of a concatenation that a node's result is written to; null if it has memory of its own.</summary>
    public ConcatPart? PartOf(Node node) => _parts.GetValueOrDefault(node.Id);

    /// <summary>The chain that begins with a convolution; null if none does.</summary>
    public FusedConvChain? ChainOf(Node node) => _chains.GetValueOrDefault(node.Id);

    /// <summary>The 1x1 convolution whose launch may compute a depth-wise one; null if there is none.</summary>
    public Node? PointwiseReaderOf(Node depthwise) =>
        _pointwise.GetValueOrDefault(depthwise.Id) is { } reader && !_epilogues.ContainsKey(depthwise.Id)
        && (_precisions.IsSplit(depthwise.Id) || _precisions.IsHalf(depthwise)) && DepthwisePointwise.CanJoin(_graph, depthwise)
            ? reader
            : null;

    bool IConvChainCosts.IsLink(Node node) =>
        node.Op is Conv2dOp { Groups: 1 } && !_precisions.MultipliesSplit(node) && MultipliesRows(node) && !_pointwise.ContainsKey(node.Inputs[0]);

    bool IConvChainCosts.CanHandOn(int value) => _precisions.IsSplit(value) || _precisions.IsHalf(_graph.Nodes[value]);

    (int Links, int Rows)? IConvChainCosts.Best(IReadOnlyList<Node> links) => _chainTiles.Best([.. links.Select(ShapeOf)]);

    private ProductShape ShapeOf(Node node)
    {
        Shape weights = _graph.Nodes[node.Inputs[1]].Type.Shape, to = node.Type.Shape;
        return new ProductShape(to.Count / to[1], to[1], weights.CountOf(2, 4) * (Layout.Padded(weights[1]) / Layout.Group));
    }

    // By kernels that take rows from shared memory: one fp16 factor each.
    private bool MultipliesRows(Node node) =>
        _precisions.UsesTensorCores(node) && !_precisions.SplitsWeights(node, _constants.Tensor(node, 1, "weight"));

    private bool Fits(Node node, ConcatPart part, Uses uses)
    {
        Shape shape = part.Concat.Type.Shape;
        bool alongChannels = part.Axis == AffineOp.ChannelAxis(shape);
        if (!alongChannels && !(shape.Rank == 3 && shape[0] == 1))
        {
            return false; // its parts would not be matrices
        }

        int length = node.Type.Shape[part.Axis];
        bool isAligned = !alongChannels || (part.Start % Layout.Group == 0 && (length % Layout.Group == 0 || part.IsLast));

        // Another type can be written for the concatenation alone, but not by one whose own parts would have to change with it.
        bool isSplit = _precisions.IsSplit(part.Concat.Id);
        bool isOfType = _precisions.IsSplit(node.Id) == isSplit
            && (isSplit || _precisions.IsHalf(node) == _precisions.IsHalf(part.Concat) || (uses.Of(node.Id).Count == 1 && node.Op is not ConcatOp));
        return isAligned && isOfType && EpilogueOf(node)?.Sum is null && !uses.IsNamed(node.Id) && node.Op.Traits.Memory == ResultMemory.AnyPitch;
    }
}
