using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Planning;
using HandMeshEngine.Compute.Planning.Memory;
using HandMeshEngine.Compute.Tensors;
using HandMeshEngine.Cuda;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <summary>A convolution and the 1x1 convolutions after it, each of what the one before stores or would store.</summary>
/// <param name="Links">The convolutions, and whether anything but the next one reads their results.</param>
/// <param name="Rows">Pixels of a block.</param>
internal sealed record Chain(IReadOnlyList<(Node Node, bool Stores)> Links, int Rows);

/// <content>kernels/chain.cu.</content>
internal sealed partial class CudaLowering
{
    /// <summary>The chains by their first convolutions; the others go to <paramref name="followers"/>.</summary>
    private Dictionary<int, Chain> FindChains(HashSet<int> followers)
    {
        var chains = new Dictionary<int, Chain>();
        foreach (Node first in _graph.Nodes.Where(node => IsLink(node) && !IsOfSeparable(node)))
        {
            List<Node> links = [first];
            while (!followers.Contains(first.Id) && Next(links[^1], first) is { } next)
            {
                links.Add(next);
            }

            if (links.Count > 1 && _tiles.ForChain([.. links.Select(Shape)]) is var (count, rows))
            {
                bool Stores(Node link) => link == links[count - 1] || !_uses.IsReadOnce(ResultOf(link));
                chains.Add(first.Id, new Chain([.. links.Take(count).Select(link => (link, Stores(link)))], rows));
                followers.UnionWith(links.Take(count).Skip(1).Select(link => link.Id));
            }
        }

        return chains;

        bool IsOfSeparable(Node node) => _pointwise.ContainsKey(node.Inputs[0]) && _graph.Nodes[node.Inputs[0]].Op is Conv2dOp { Groups: > 1 };
        ProductShape Shape(Node node)
        {
            Shape weights = ShapeOf(node, 1), to = node.Type.Shape;
            return new ProductShape(to.Count / to[1], to[1], weights.CountOf(2, 4) * Ceiling(weights[1], Layout.Group), 1);
        }
    }

    /// <summary>
    /// The convolution that can be computed right after one, in the launch of the first: all else that it reads is there before that. Of
    /// several the last, since a shortcut stands before the branch that it belongs to.
    /// </summary>
    private Node? Next(Node node, Node first)
    {
        int result = ResultOf(node);
        bool IsThere(int id) => id < first.Id || _graph.Nodes[id].Op is ConstantOp;
        return _pairs.Contains(result) || IsHalf(_graph.Nodes[result])
            ? _uses.Of(result).Where(use => use.Operand == 0 && IsPointwiseLink(use.Reader)).Select(use => use.Reader)
                .LastOrDefault(reader => reader.Inputs.Skip(1).All(IsThere)
                && (_tails.GetValueOrDefault(reader.Id) is not { Sum: not null } tail || IsThere(tail.Addend)))
            : null;
    }

    /// <summary>What the launch of a node stores last.</summary>
    private int ResultOf(Node node) => _tails.TryGetValue(node.Id, out Tail? tail) ? (tail.Second ?? tail.Sum)!.Id : node.Id;

    private bool IsLink(Node node) => node.Op is Conv2dOp { Groups: 1 } && UsesTensorCores(node) && !MultipliesPair(node)
        && !SplitsWeights(node, Constant(node, 1, "weight"));

    private bool IsPointwiseLink(Node node) =>
        node.Op is Conv2dOp { Stride: 1 } op && op.Padding == default && ShapeOf(node, 1).CountOf(2, 4) == 1 && IsLink(node);

    private void EmitChain(Chain chain)
    {
        var links = new List<LaunchStep>();
        int[] places = TileChoice.ChainPlaces([.. chain.Links.Select(link => link.Node.Type.Shape[1])], chain.Rows);
        foreach ((Node node, bool stores) in chain.Links)
        {
            var op = (Conv2dOp)node.Op;
            Tensor weights = Constant(node, 1, "weight");
            Shape w = weights.Shape, shape = node.Type.Shape;
            bool storesFirst = StoresFirst(node, stores);
            View to = storesFirst ? Allocate(node) : Unstored(node);
            var product = new Product(to.Pixels, w[0], w.CountOf(2, 4) * Ceiling(w[1], Layout.Group));
            Tile tile = TileChoice.LinkTile(w[0], chain.Rows);
            PlanBuffer packed = PackedForTiles(product, tile, weights, "conv2d", tensorCores: true, ConvolutionWeights(w, 1, 1));
            LaunchStep link = Launch(node, "chain", "chain", to).Define("READS_MAP", links.Count == 0).Define("MMA", true).Define("SPLIT", 1)
                .Define("KEEP", links.Count < chain.Links.Count - 1 ? places[links.Count] : -1).Define("PASSES", Ceiling(w[0], tile.Outputs))
                .Define("TILE_M", tile.Rows).Define("TILE_N", tile.Outputs).Define("STAGES", tile.Stages);
            if (links.Count == 0)
            {
                View x = AlignedHalf(node, 0);
                Window(link, op, w, x, to, parts: 1).Define("IN_TYPE", x.TypeName).Take(x.Pointer);
                link.Bytes = BytesOf(x);
                link.Detail = $"{x.Shape}->";
            }
            else
            {
                link.Define("LINK_ROWS", product.Rows).Define("LINK_CHUNKS", product.Chunks).Define("FROM", places[links.Count - 1]);
            }

            link.Take(new Pointer(packed, 0));
            Epilogue(link, op.Epilogue, op.OwnInputs, to, stores);
            link.Shape = new LaunchShape(Ceiling(product.Rows, chain.Rows), 1, 1, 128, 1, 1, places[^1]);
            link.MultiplyAdds = op.MultiplyAdds(_graph.InputTypes(node), node.Type);
            link.Bytes += packed.Bytes + (storesFirst ? BytesOf(to) : 0);
            link.Detail += $"{shape} k{w[2]}x{w[3]} s{op.Stride} tile {tile}{link.Ending}{(stores || storesFirst ? string.Empty : " kept")}";
            links.Add(link);
        }

        _plan.Steps.Add(LaunchStep.Chain(links));
    }

    /// <summary>Whether a launch stores its sums as they are, before what its tail makes of them.</summary>
    private bool StoresFirst(Node node, bool stores) =>
        _tails.GetValueOrDefault(node.Id) is { Second: not null } tail ? tail.StoresFirst : stores;

    /// <summary>Stands for a result that is read by its own launch only.</summary>
    private static View Unstored(Node node) => Layout.Fresh(new PlanBuffer(BufferKind.Arena, 0), isHalf: true, node.Type.Shape);
}
