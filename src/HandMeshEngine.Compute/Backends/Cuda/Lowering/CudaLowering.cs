using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Compute.Graph;

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
    private readonly int _multiprocessors;
    private readonly HashSet<int> _results;
    private readonly HashSet<int> _outputs;
    private readonly HashSet<int> _shown;
    private readonly HashSet<int> _trunk;
    private readonly Place?[] _places;
    private readonly CudaPlan _plan = new();

    private CudaLowering(OpGraph graph, Precision precision, int multiprocessors, IEnumerable<int> results, bool roundsHeads)
    {
        _graph = graph;
        _precision = precision;
        _multiprocessors = multiprocessors;
        _results = [.. results];
        _outputs = [.. graph.Outputs.Values];
        _shown = roundsHeads ? [] : ShownBy(graph, _outputs);
        _trunk = TrunkOf(graph, _shown);
        _places = new Place?[graph.Nodes.Count];
    }

    /// <summary>The plan of a graph; <paramref name="results"/> are the nodes whose values are read after a run.</summary>
    /// <exception cref="GraphException">The graph holds something that no kernel does.</exception>
    public static CudaPlan Lower(OpGraph graph, IEnumerable<int> results, Precision precision, int multiprocessors, bool roundsHeads = false)
    {
        var lowering = new CudaLowering(graph, precision, multiprocessors, results, roundsHeads);
        foreach (Node node in graph.Nodes)
        {
            lowering.Lower(node);
        }

        foreach (int id in lowering._results.Order())
        {
            lowering.Export(graph.Nodes[id]);
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
            case Conv2dOp conv: Depthwise(node, conv); break;
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
            case SliceOp slice: _places[node.Id] = PlaceOf(node, 0).Part(slice.Axis, slice.Start, slice.Length); break;
            case ReshapeOp: Reshape(node); break;
            case TransposeOp transpose: _places[node.Id] = PlaceOf(node, 0).Transposed(transpose.First, transpose.Second); break;
            default: throw new GraphException($"the cuda backend cannot run {node.Op.Kind}");
        }
    }
}
