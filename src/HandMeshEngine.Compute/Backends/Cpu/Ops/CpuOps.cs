using System.Collections.Frozen;
using HandMeshEngine.Compute.Graph;

namespace HandMeshEngine.Compute.Backends.Cpu.Ops;

/// <summary>The ops that the CPU backend runs. Batch normalisation is missing: the passes turn it into other ops.</summary>
internal static class CpuOps
{
    private static readonly FrozenDictionary<Type, CpuOp> All = new Dictionary<Type, CpuOp>
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
    public static CpuOp Of(Op op) => All.TryGetValue(op.GetType(), out CpuOp? found) ? found : throw new GraphException($"the cpu backend cannot run {op.Kind}");
}
