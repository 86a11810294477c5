using System.Collections.Frozen;

namespace HandMeshEngine.Compute;

// Inside the namespace, so that Cuda means this project's folder and not the driver library.
using Cpu = HandMeshEngine.Compute.Backends.Cpu.Ops;
using Cuda = HandMeshEngine.Compute.Backends.Cuda.Ops;
using Reference = HandMeshEngine.Compute.Backends.Reference;

/// <summary>
/// Every op with what each room makes of it: its meaning, its CPU steps, its CUDA launches, its ONNX form. A new op is one line here.
/// A sentence in place of an implementation says why there is none; <c>kernel</c> says why an op has no kernel file of its name.
/// </summary>
internal static class OpCatalog
{
    private const string Given = "its value is given, not computed";
    private const string Folded = "the passes turn it into an affine or fold it away";
    private const string Elements = "kernels/elements.cu computes every element-wise op";
    private const string Pools = "kernels/pool.cu computes both poolings";
    private const string Moves = "kernels/move.cu copies what is not written in its place";
    private const string View = "a view, without a launch; kernels/move.cu copies where the layout allows none";
    private const string Cropped = "a network is exported from its sampled crops on";

    /// <summary>The ops, by name.</summary>
    public static IReadOnlyList<OpEntry> All { get; } =
    [
        OpEntry.Of<ActivationOp>(new Reference.Activation(), new Cpu.Activation(), new Cuda.Activation(), new Onnx.Activation(), kernel: Elements),
        OpEntry.Of<AffineOp>(new Reference.Affine(), new Cpu.Affine(), new Cuda.Affine(), new Onnx.Affine(), kernel: Elements),
        OpEntry.Of<ArgMax2dOp>(new Reference.ArgMax2d(), new Cpu.ArgMax2d(), new Cuda.ArgMax2d(), new Onnx.ArgMax2d()),
        OpEntry.Of<AttentionOp>(new Reference.Attention(), new Cpu.Attention(), new Cuda.Attention(), new Onnx.Attention()),
        OpEntry.Of<AveragePoolOp>(new Reference.AveragePool(), new Cpu.AveragePool(), new Cuda.AveragePool(), new Onnx.AveragePool(), kernel: Pools),
        OpEntry.Of<BatchNormOp>(new Reference.BatchNorm(), Folded, Folded, new Onnx.BatchNorm(), kernel: Folded),
        OpEntry.Of<BinaryOp>(new Reference.Binary(), new Cpu.Binary(), new Cuda.Binary(), new Onnx.Binary(), kernel: Elements),
        OpEntry.Of<BinCentersOp>(new Reference.BinCenters(), new Cpu.BinCenters(), new Cuda.BinCenters(), new Onnx.BinCenters()),
        OpEntry.Of<ChebTermsOp>(new Reference.ChebTerms(), new Cpu.ChebTerms(), new Cuda.ChebTerms(), new Onnx.ChebTerms()),
        OpEntry.Of<ConcatOp>(new Reference.Concat(), new Cpu.Concat(), new Cuda.Concat(), new Onnx.Concat(), kernel: Moves),
        OpEntry.Of<ConstantOp>(Given, new Cpu.Constant(), new Cuda.Constant(), new Onnx.Constant(), kernel: Given),
        OpEntry.Of<Conv2dOp>(new Reference.Conv2d(), new Cpu.Conv2d(), new Cuda.Conv2d(), new Onnx.Conv2d()),
        OpEntry.Of<ConvTranspose2dOp>(new Reference.ConvTranspose2d(), new Cpu.ConvTranspose2d(), new Cuda.ConvTranspose2d(), new Onnx.ConvTranspose2d()),
        OpEntry.Of<GatherOp>(new Reference.Gather(), new Cpu.Gather(), new Cuda.Gather(), new Onnx.Gather()),
        OpEntry.Of<GinAggregateOp>(new Reference.GinAggregate(), new Cpu.GinAggregate(), new Cuda.GinAggregate(), new Onnx.GinAggregate()),
        OpEntry.Of<GridSampleOp>(new Reference.GridSample(), new Cpu.GridSample(), new Cuda.GridSample(), new Onnx.GridSample()),
        OpEntry.Of<ImageInputOp>(Given, new Cpu.ImageInput(), new Cuda.ImageInput(), Cropped, kernel: Given),
        OpEntry.Of<InputOp>(Given, new Cpu.Input(), new Cuda.Input(), new Onnx.Input(), kernel: Given),
        OpEntry.Of<LayerNormOp>(new Reference.LayerNorm(), new Cpu.LayerNorm(), new Cuda.LayerNorm(), new Onnx.LayerNorm()),
        OpEntry.Of<LinearOp>(new Reference.Linear(), new Cpu.Linear(), new Cuda.Linear(), new Onnx.Linear()),
        OpEntry.Of<MatMulOp>(new Reference.MatMul(), new Cpu.MatMul(), new Cuda.MatMul(), new Onnx.MatMul()),
        OpEntry.Of<MaxPoolOp>(new Reference.MaxPool(), new Cpu.MaxPool(), new Cuda.MaxPool(), new Onnx.MaxPool(), kernel: Pools),
        OpEntry.Of<PadChannelsOp>(new Reference.PadChannels(), new Cpu.PadChannels(), new Cuda.PadChannels(), new Onnx.PadChannels(), kernel: Moves),
        OpEntry.Of<ReduceOp>(new Reference.Reduce(), new Cpu.Reduce(), new Cuda.Reduce(), new Onnx.Reduce()),
        OpEntry.Of<ReshapeOp>(new Reference.Reshape(), new Cpu.Reshape(), new Cuda.Reshape(), new Onnx.Reshape(), kernel: View),
        OpEntry.Of<ResizeOp>(new Reference.Resize(), new Cpu.Resize(), new Cuda.Resize(), new Onnx.Resize()),
        OpEntry.Of<RootSolveOp>(new Reference.RootSolve(), new Cpu.RootSolve(), new Cuda.RootSolve(), new Onnx.RootSolve()),
        OpEntry.Of<SliceOp>(new Reference.Slice(), new Cpu.Slice(), new Cuda.Slice(), new Onnx.Slice(), kernel: View),
        OpEntry.Of<SoftArgmaxOp>(new Reference.SoftArgmax(), new Cpu.SoftArgmax(), new Cuda.SoftArgmax(), new Onnx.SoftArgmax(), kernel: "kernels/softmax.cu, which weights the indices in the same pass"),
        OpEntry.Of<SoftmaxOp>(new Reference.Softmax(), new Cpu.Softmax(), new Cuda.Softmax(), new Onnx.Softmax()),
        OpEntry.Of<SpaceToDepthOp>(new Reference.SpaceToDepth(), new Cpu.SpaceToDepth(), new Cuda.SpaceToDepth(), new Onnx.SpaceToDepth()),
        OpEntry.Of<SparseMatMulOp>(new Reference.SparseMatMul(), new Cpu.SparseMatMul(), new Cuda.SparseMatMul(), new Onnx.SparseMatMul()),
        OpEntry.Of<SpiralConvOp>(new Reference.SpiralConv(), new Cpu.SpiralConv(), new Cuda.SpiralConv(), new Onnx.SpiralConv()),
        OpEntry.Of<SpiralDepthwiseOp>(new Reference.SpiralDepthwise(), new Cpu.SpiralDepthwise(), new Cuda.SpiralDepthwise(), new Onnx.SpiralDepthwise()),
        OpEntry.Of<TransposeOp>(new Reference.Transpose(), new Cpu.Transpose(), new Cuda.Transpose(), new Onnx.Transpose(), kernel: View),
        OpEntry.Of<WarpNormalizeOp>(new Reference.WarpNormalize(), new Cpu.WarpNormalize(), new Cuda.WarpNormalize(), Cropped),
    ];

    private static readonly FrozenDictionary<Type, OpEntry> _byType = All.ToFrozenDictionary(entry => entry.Type);

    /// <summary>What the rooms make of an op.</summary>
    /// <exception cref="GraphException">The catalog has no line for it.</exception>
    public static OpEntry Of(Op op) => _byType.TryGetValue(op.GetType(), out OpEntry? entry)
        ? entry
        : throw new GraphException($"the catalog of ops has no line for {op.Kind}");
}
