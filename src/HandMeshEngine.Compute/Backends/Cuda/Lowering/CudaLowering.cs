using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Passes;
using HandMeshEngine.Compute.Planning;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <summary>
/// Turns a graph into kernel launches, node by node. Reshapes, transpositions and slices become other places in the same memory
/// where the layout allows it; kernels that need rows, alignment or fp16 get a copy where they are not at hand. One file per kernel
/// file, of the same name.
/// </summary>
internal sealed partial class CudaLowering
{
    private readonly OpGraph _graph;
    private readonly Precision _precision;
    private readonly TileChoice _tiles;
    private readonly Uses _uses;
    private readonly HashSet<int> _results;
    private readonly HashSet<int> _outputs;
    private readonly HashSet<int> _shown;
    private readonly HashSet<int> _trunk;
    private readonly View?[] _views;
    private readonly Dictionary<int, Tail> _tails;
    private readonly HashSet<int> _swallowed;
    private readonly HashSet<int> _pairs;
    private readonly Dictionary<int, (Node Concat, int Operand, int Start)> _parts;
    private readonly Dictionary<int, Node> _pointwise;
    private readonly Dictionary<int, Separable> _separables = [];
    private readonly Dictionary<int, Chain> _chains;
    private readonly CudaPlan _plan = new();

    private CudaLowering(OpGraph graph, SessionOptions options, TileChoice tiles, bool roundsHeads, bool merges)
    {
        _graph = graph;
        _precision = options.Precision;
        _tiles = tiles;
        _results = [.. graph.Outputs.Values, .. DeadNodes.Observed(graph, options.Observe)];
        _outputs = [.. graph.Outputs.Values];
        _shown = roundsHeads ? [] : ShownBy(graph, _outputs);
        _trunk = TrunkOf(graph, _shown);
        _views = new View?[graph.Nodes.Count];

        _uses = new Uses(graph);
        _tails = Tails.Find(graph, _uses);
        _swallowed =
        [
            .. _tails.Values.SelectMany(tail => new[] { tail.Sum, tail.Second }).OfType<Node>().Select(node => node.Id),
            .. PointMaps.Swallowed(graph, _uses),
        ];
        _pairs = _precision == Precision.Float16 ? Pairs.Find(graph, _uses, _shown) : [];
        _pairs.ExceptWith(_tails.Keys);
        _pointwise = PointwiseReaders();
        _parts = ConcatParts.Find(graph, _uses, [.. _tails.Where(pair => pair.Value.Sum is not null).Select(pair => pair.Key)], IsHalf, _pairs);
        _chains = merges ? FindChains(_swallowed) : [];
    }

    /// <summary>The plan of a graph; <paramref name="merges"/> off leaves a launch to each step, to be measured alone.</summary>
    /// <exception cref="GraphException">The graph holds something that no kernel does.</exception>
    public static CudaPlan Lower(OpGraph graph, SessionOptions options, TileChoice tiles, bool roundsHeads = false, bool merges = true)
    {
        var lowering = new CudaLowering(graph, options, tiles, roundsHeads, merges);
        foreach (Node node in graph.Nodes)
        {
            if (!lowering._swallowed.Contains(node.Id))
            {
                lowering.Lower(node);
            }
        }

        foreach (int id in lowering._results.Order())
        {
            lowering.Export(graph.Nodes[id]);
        }

        if (merges)
        {
            lowering._plan.Merge();
        }

        lowering._plan.PlaceBuffers();
        return lowering._plan;
    }

    private void Lower(Node node)
    {
        switch (node.Op)
        {
            case ConstantOp or ImageInputOp: break;
            case InputOp input: Input(node, input); break;
            case Conv2dOp { Groups: 1 } conv: Conv2d(node, conv); break;
            case Conv2dOp conv when !IsSeparable(node, conv): Depthwise(node, conv); break;
            case Conv2dOp: break;
            case ConvTranspose2dOp conv: ConvTranspose2d(node, conv); break;
            case LinearOp linear: Linear(node, linear); break;
            case SpiralConvOp spiral: SpiralConv(node, spiral); break;
            case MatMulOp: MatMul(node); break;
            case AttentionOp attention: Attention(node, attention); break;
            case MaxPoolOp pool: Pool(node, pool.Window, pool.Stride, pool.Padding, isMax: true); break;
            case AveragePoolOp pool: Pool(node, pool.Window, pool.Stride, default, isMax: false); break;
            case ResizeOp resize: Resize(node, resize); break;
            case GridSampleOp sample: GridSample(node, sample); break;
            case WarpNormalizeOp warp: WarpNormalize(node, warp); break;
            case SpaceToDepthOp: SpaceToDepth(node); break;
            case PadChannelsOp: PadChannels(node); break;
            case ReduceOp reduce: Reduce(node, reduce); break;
            case SoftmaxOp: Softmax(node, expectation: false); break;
            case SoftArgmaxOp: Softmax(node, expectation: true); break;
            case ArgMax2dOp: ArgMax2d(node); break;
            case LayerNormOp norm: LayerNorm(node, norm); break;
            case BinCentersOp bins: BinCenters(node, bins); break;
            case RootSolveOp: RootSolve(node); break;
            case GatherOp: Gather(node); break;
            case SpiralDepthwiseOp: SpiralDepthwise(node); break;
            case SparseMatMulOp: SparseMatMul(node); break;
            case ChebTermsOp cheb: ChebTerms(node, cheb); break;
            case GinAggregateOp gin: GinAggregate(node, gin); break;
            case BinaryOp binary: Binary(node, binary); break;
            case ActivationOp activation: Activate(node, activation); break;
            case AffineOp affine: Affine(node, affine); break;
            case ConcatOp concat: Concat(node, concat); break;
            case SliceOp slice: _views[node.Id] = ViewOf(node, 0).Part(slice.Axis, slice.Start, slice.Length); break;
            case ReshapeOp: Reshape(node); break;
            case TransposeOp transpose: _views[node.Id] = ViewOf(node, 0).Transposed(transpose.First, transpose.Second); break;
            default: throw new GraphException($"the cuda backend cannot run {node.Op.Kind}");
        }
    }
}
