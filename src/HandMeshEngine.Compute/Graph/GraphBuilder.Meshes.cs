using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Graph;

/// <content>Ops on rows [N, V, C] and vectors [N, C].</content>
public sealed partial class GraphBuilder
{
    private readonly Dictionary<string, Tensor> _float32 = [];
    private readonly Dictionary<string, Tensor> _int32 = [];

    /// <summary>y = x W^T + b over the last axis with the weight [O, K] of this key.</summary>
    public Value Linear(Value x, string weight, string? bias = null) =>
        Linear(x, Parameter(weight), bias is null ? null : Parameter(bias));

    /// <summary>y = x W^T + b over the last axis with operands that are values already.</summary>
    public Value Linear(Value x, Value weight, Value? bias = null)
    {
        var op = new LinearOp(new Epilogue(bias is not null, false, Activation.None));
        return bias is { } b ? Add(op, x, weight, b) : Add(op, x, weight);
    }

    /// <summary>Batched matrix product.</summary>
    public Value MatMul(Value a, Value b) => Add(new MatMulOp(), a, b);

    /// <summary>Multi-head attention without projections.</summary>
    public Value Attention(Value q, Value k, Value v, int heads, float scale) => Add(new AttentionOp(heads, scale), q, k, v);

    /// <summary>Softmax over the last axis.</summary>
    public Value Softmax(Value x) => Add(new SoftmaxOp(), x);

    /// <summary>Expected bin under a softmax over the last axis.</summary>
    public Value SoftArgmax(Value x) => Add(new SoftArgmaxOp(), x);

    /// <summary>Rows by index table.</summary>
    public Value Gather(Value x, Value index) => Add(new GatherOp(), x, index);

    /// <summary>Spiral convolution with index table [M, L] and weight [O, L C].</summary>
    public Value SpiralConv(Value x, Value index, Value weight, Value? bias = null)
    {
        var op = new SpiralConvOp(new Epilogue(bias is not null, false, Activation.None));
        return bias is { } b ? Add(op, x, index, weight, b) : Add(op, x, index, weight);
    }

    /// <summary>Depth-wise spiral convolution with index table [M, L] and weight [C, L].</summary>
    public Value SpiralDepthwise(Value x, Value index, Value weight) => Add(new SpiralDepthwiseOp(), x, index, weight);

    /// <summary>Sparse matrix in ELL form (index, value [M, W]) times rows.</summary>
    public Value SparseMatMul(Value x, Value index, Value value) => Add(new SparseMatMulOp(), x, index, value);

    /// <summary>Chebyshev terms T0..T(terms-1) of the Laplacian in ELL form, side by side (term-major).</summary>
    public Value ChebTerms(Value x, Value index, Value value, int terms) => Add(new ChebTermsOp(terms), x, index, value);

    /// <summary>(1 + epsilon) x_i + sum of neighbours; edges in CSR form.</summary>
    public Value GinAggregate(Value x, Value rows, Value columns, float epsilon) =>
        Add(new GinAggregateOp(epsilon), x, rows, columns);

    /// <summary>Layer normalisation with the parameters <c>prefix.{weight, bias}</c>.</summary>
    public Value LayerNorm(Value x, string prefix, float epsilon = 1e-5f) =>
        Add(new LayerNormOp(epsilon), x, Parameter(prefix + ".weight"), Parameter(prefix + ".bias"));

    /// <summary>Adaptive bin centres between the two numbers of <paramref name="range"/>.</summary>
    public Value BinCenters(Value y, Value range, float epsilon) => Add(new BinCentersOp(epsilon), y, range);

    /// <summary>The camera-space translation of points [N, J, 3] seen along rays [N, J, 2] with weights [N, J].</summary>
    public Value RootSolve(Value points, Value rays, Value weights) => Add(new RootSolveOp(), points, rays, weights);

    /// <summary>Mean over the rows of [N, V, C]: [N, C].</summary>
    public Value MeanOfRows(Value x) => Reduce(x, Reduction.Mean, 1);

    /// <summary>Combines values along adjacent axes, which disappear.</summary>
    public Value Reduce(Value x, Reduction reduction, int firstAxis, int axisCount = 1) =>
        Add(new ReduceOp(reduction, firstAxis, axisCount), x);
}
