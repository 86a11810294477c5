using System.Collections.Frozen;
using HandMeshEngine.Compute.Graph;

namespace HandMeshEngine.Compute.Backends.Cuda.Ops;

/// <summary>The ops that the CUDA backend runs. Batch normalisation is missing: the passes turn it into other ops.</summary>
internal static class CudaOps
{
    private static readonly FrozenDictionary<Type, CudaOp> s_all = new Dictionary<Type, CudaOp>
    {
        [typeof(ActivationOp)] = new Activation(),
        [typeof(AffineOp)] = new Affine(),
        [typeof(ArgMax2dOp)] = new ArgMax2d(),
        [typeof(AttentionOp)] = new Attention(),
        [typeof(AveragePoolOp)] = new AveragePool(),
        [typeof(BinaryOp)] = new Binary(),
        [typeof(BinCentersOp)] = new BinCenters(),
        [typeof(ChebTermsOp)] = new ChebTerms(),
        [typeof(ConcatOp)] = new Concat(),
        [typeof(ConstantOp)] = new Constant(),
        [typeof(Conv2dOp)] = new Conv2d(),
        [typeof(ConvTranspose2dOp)] = new ConvTranspose2d(),
        [typeof(GatherOp)] = new Gather(),
        [typeof(GinAggregateOp)] = new GinAggregate(),
        [typeof(GridSampleOp)] = new GridSample(),
        [typeof(ImageInputOp)] = new ImageInput(),
        [typeof(InputOp)] = new Input(),
        [typeof(LayerNormOp)] = new LayerNorm(),
        [typeof(LinearOp)] = new Linear(),
        [typeof(MatMulOp)] = new MatMul(),
        [typeof(MaxPoolOp)] = new MaxPool(),
        [typeof(PadChannelsOp)] = new PadChannels(),
        [typeof(ReduceOp)] = new Reduce(),
        [typeof(ReshapeOp)] = new Reshape(),
        [typeof(ResizeOp)] = new Resize(),
        [typeof(RootSolveOp)] = new RootSolve(),
        [typeof(SliceOp)] = new Slice(),
        [typeof(SoftArgmaxOp)] = new SoftArgmax(),
        [typeof(SoftmaxOp)] = new Softmax(),
        [typeof(SpaceToDepthOp)] = new SpaceToDepth(),
        [typeof(SparseMatMulOp)] = new SparseMatMul(),
        [typeof(SpiralConvOp)] = new SpiralConv(),
        [typeof(SpiralDepthwiseOp)] = new SpiralDepthwise(),
        [typeof(TransposeOp)] = new Transpose(),
        [typeof(WarpNormalizeOp)] = new WarpNormalize(),
    }.ToFrozenDictionary();

    /// <summary>How an op is run.</summary>
    /// <exception cref="GraphException">The backend cannot run it.</exception>
    public static CudaOp For(Op op) =>
        s_all.TryGetValue(op.GetType(), out CudaOp? found) ? found : throw new GraphException($"the cuda backend cannot run {op.Kind}");
}
