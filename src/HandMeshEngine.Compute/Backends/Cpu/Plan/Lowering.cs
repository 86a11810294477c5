using HandMeshEngine.Compute.Backends.Cpu.Products;
using HandMeshEngine.Compute.Backends.Cpu.Simd;
using HandMeshEngine.Compute.Backends.Cpu.Steps;
using HandMeshEngine.Compute.Backends.Cpu.Warp;
using HandMeshEngine.Compute.Backends.Cpu.Winograd;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Backends.Cpu.Plan;

/// <summary>
/// Turns a graph into steps on areas of memory, node by node. Reshapes, transpositions and slices become other views of the
/// same memory where the layout allows it, and the parts of a concatenation are written where they will be read.
/// </summary>
internal sealed unsafe partial class Lowering<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    private readonly OpGraph _graph;
    private readonly int _threads;
    private readonly ImageSource _image;
    private readonly Layouts _layouts;
    private readonly Place?[] _places;
    private readonly CpuPlan _plan = new();
    private readonly HashSet<int> _results;
    private readonly List<int>[] _consumers;

    private Lowering(OpGraph graph, HashSet<int> results, int threads, ImageSource image)
    {
        _results = results;
        _consumers = [.. graph.Nodes.Select(_ => new List<int>())];
        foreach (Node node in graph.Nodes)
        {
            foreach (int input in node.Inputs)
            {
                _consumers[input].Add(node.Id);
            }
        }

        _graph = graph;
        _threads = threads;
        _image = image;
        _layouts = new Layouts(graph);
        _places = new Place?[graph.Nodes.Count];
    }

    /// <summary>The plan of a graph; <paramref name="results"/> are the nodes whose values are read after a run.</summary>
    public static CpuPlan Lower(OpGraph graph, IEnumerable<int> results, int threads, ImageSource image)
    {
        var lowering = new Lowering<TSimd, TVector>(graph, [.. results], threads, image);
        foreach (Node node in graph.Nodes)
        {
            lowering.Lower(node);
        }

        lowering.ChainWeights();
        foreach (int id in lowering._results.Order())
        {
            lowering.Export(graph.Nodes[id]);
        }

        lowering._plan.ChainRows(threads);
        return lowering._plan;
    }

    private void ChainWeights()
    {
        ProductStep<TSimd, TVector>? next = null;
        foreach ((_, Step step) in Enumerable.Reverse(_plan.Steps))
        {
            if (step is ProductStep<TSimd, TVector> product)
            {
                product.FollowedBy(next);
                next = product;
            }
        }
    }

    private void Lower(Node node)
    {
        switch (node.Op)
        {
            case ConstantOp or ImageInputOp: break;
            case InputOp input: Input(node, input); break;
            case Conv2dOp conv when Producer(node, 0).Op is SpaceToDepthOp && _places[node.Inputs[0]] is null: BlockConv2d(node, conv); break;
            case Conv2dOp conv when IsDepthwise(node, conv): Depthwise(node, conv); break;
            case Conv2dOp conv when WinogradFilter.Applies(conv, OperandShape(node, 0), OperandShape(node, 1), node.Type.Shape):
                WinogradConv(node, conv);
                break;
            case Conv2dOp conv: Conv2d(node, conv); break;
            case ConvTranspose2dOp conv: ConvTranspose2d(node, conv); break;
            case LinearOp linear: Linear(node, linear); break;
            case SpiralConvOp spiral: SpiralConv(node, spiral); break;
            case MatMulOp: MatMul(node); break;
            case AttentionOp attention: Attention(node, attention); break;
            case MaxPoolOp pool: MaxPool(node, pool); break;
            case AveragePoolOp pool: AveragePool(node, pool); break;
            case ResizeOp resize: Resize(node, resize); break;
            case GridSampleOp sample: GridSample(node, sample); break;
            case WarpNormalizeOp warp: Warp(node, warp); break;
            case SpaceToDepthOp when SoleConsumer(node) is { Op: Conv2dOp conv } && IsPointwise(conv, node): break;
            case SpaceToDepthOp: SpaceToDepth(node); break;
            case PadChannelsOp: PadChannels(node); break;
            case ReduceOp reduce: Reduce(node, reduce); break;
            case SoftmaxOp: Rows(node, new SoftmaxRows<TSimd, TVector>()); break;
            case SoftArgmaxOp: SoftArgmax(node); break;
            case ArgMax2dOp: ArgMax2d(node); break;
            case LayerNormOp norm: LayerNorm(node, norm); break;
            case BinCentersOp bins: BinCenters(node, bins); break;
            case RootSolveOp: RootSolve(node); break;
            case GatherOp: Gather(node); break;
            case SpiralDepthwiseOp: SpiralDepthwise(node); break;
            case SparseMatMulOp: SparseMatMul(node); break;
            case ChebTermsOp cheb: ChebTerms(node, cheb); break;
            case GinAggregateOp gin: GinAggregate(node, gin); break;
            case BinaryOp when MapOfPooledScale(node) is not null: break;
            case BinaryOp binary: Binary(node, binary); break;
            case ActivationOp activation: Activate(node, activation); break;
            case AffineOp affine: Affine(node, affine); break;
            case ConcatOp concat: Concat(node, concat); break;
            case SliceOp slice: Slice(node, slice); break;
            case ReshapeOp: Reshape(node); break;
            case TransposeOp transpose: Transpose(node, transpose); break;
            default: throw new GraphException($"the cpu backend cannot run {node.Op.Kind}");
        }
    }

    /// <summary>Where a value lies. Swapped: axes 1 and 2 of [N, A, B] are stored the other way round.</summary>
    private sealed record Place(Area Area, bool Swapped = false);
}
