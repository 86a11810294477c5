using System.Collections.Frozen;
using HandMeshEngine.Compute.Graph;
using Cpu = HandMeshEngine.Compute.Backends.Cpu.Ops;
using Reference = HandMeshEngine.Compute.Backends.Reference;

namespace HandMeshEngine.Compute;

/// <summary>
/// Every op with what each room makes of it: its meaning, its CPU steps, its ONNX form. A new op is one line here. A sentence in
/// place of an implementation says why there is none.
/// </summary>
internal static class OpCatalog
{
    private const string Given = "its value is given, not computed";
    private const string Folded = "the passes turn it into an affine or fold it away";
    private const string Cropped = "a network is exported from its sampled crops on";

    /// <summary>The ops, by name.</summary>
    public static IReadOnlyList<OpEntry> All { get; } =
    [
        OpEntry.Of<ActivationOp>(new Reference.Activation(), new Cpu.Activation(), new Onnx.Activation()),
        OpEntry.Of<AffineOp>(new Reference.Affine(), new Cpu.Affine(), new Onnx.Affine()),
        OpEntry.Of<ArgMax2dOp>(new Reference.ArgMax2d(), new Cpu.ArgMax2d(), new Onnx.ArgMax2d()),
        OpEntry.Of<AttentionOp>(new Reference.Attention(), new Cpu.Attention(), new Onnx.Attention()),
        OpEntry.Of<AveragePoolOp>(new Reference.AveragePool(), new Cpu.AveragePool(), new Onnx.AveragePool()),
        OpEntry.Of<BatchNormOp>(new Reference.BatchNorm(), Folded, new Onnx.BatchNorm()),
        OpEntry.Of<BinaryOp>(new Reference.Binary(), new Cpu.Binary(), new Onnx.Binary()),
        OpEntry.Of<BinCentersOp>(new Reference.BinCenters(), new Cpu.BinCenters(), new Onnx.BinCenters()),
        OpEntry.Of<ChebTermsOp>(new Reference.ChebTerms(), new Cpu.ChebTerms(), new Onnx.ChebTerms()),
        OpEntry.Of<ConcatOp>(new Reference.Concat(), new Cpu.Concat(), new Onnx.Concat()),
        OpEntry.Of<ConstantOp>(Given, new Cpu.Constant(), new Onnx.Constant()),
        OpEntry.Of<Conv2dOp>(new Reference.Conv2d(), new Cpu.Conv2d(), new Onnx.Conv2d()),
        OpEntry.Of<ConvTranspose2dOp>(new Reference.ConvTranspose2d(), new Cpu.ConvTranspose2d(), new Onnx.ConvTranspose2d()),
        OpEntry.Of<GatherOp>(new Reference.Gather(), new Cpu.Gather(), new Onnx.Gather()),
        OpEntry.Of<GinAggregateOp>(new Reference.GinAggregate(), new Cpu.GinAggregate(), new Onnx.GinAggregate()),
        OpEntry.Of<GridSampleOp>(new Reference.GridSample(), new Cpu.GridSample(), new Onnx.GridSample()),
        OpEntry.Of<ImageInputOp>(Given, new Cpu.ImageInput(), Cropped),
        OpEntry.Of<InputOp>(Given, new Cpu.Input(), new Onnx.Input()),
        OpEntry.Of<LayerNormOp>(new Reference.LayerNorm(), new Cpu.LayerNorm(), new Onnx.LayerNorm()),
        OpEntry.Of<LinearOp>(new Reference.Linear(), new Cpu.Linear(), new Onnx.Linear()),
        OpEntry.Of<MatMulOp>(new Reference.MatMul(), new Cpu.MatMul(), new Onnx.MatMul()),
        OpEntry.Of<MaxPoolOp>(new Reference.MaxPool(), new Cpu.MaxPool(), new Onnx.MaxPool()),
        OpEntry.Of<PadChannelsOp>(new Reference.PadChannels(), new Cpu.PadChannels(), new Onnx.PadChannels()),
        OpEntry.Of<ReduceOp>(new Reference.Reduce(), new Cpu.Reduce(), new Onnx.Reduce()),
        OpEntry.Of<ReshapeOp>(new Reference.Reshape(), new Cpu.Reshape(), new Onnx.Reshape()),
        OpEntry.Of<ResizeOp>(new Reference.Resize(), new Cpu.Resize(), new Onnx.Resize()),
        OpEntry.Of<RootSolveOp>(new Reference.RootSolve(), new Cpu.RootSolve(), new Onnx.RootSolve()),
        OpEntry.Of<SliceOp>(new Reference.Slice(), new Cpu.Slice(), new Onnx.Slice()),
        OpEntry.Of<SoftArgmaxOp>(new Reference.SoftArgmax(), new Cpu.SoftArgmax(), new Onnx.SoftArgmax()),
        OpEntry.Of<SoftmaxOp>(new Reference.Softmax(), new Cpu.Softmax(), new Onnx.Softmax()),
        OpEntry.Of<SpaceToDepthOp>(new Reference.SpaceToDepth(), new Cpu.SpaceToDepth(), new Onnx.SpaceToDepth()),
        OpEntry.Of<SparseMatMulOp>(new Reference.SparseMatMul(), new Cpu.SparseMatMul(), new Onnx.SparseMatMul()),
        OpEntry.Of<SpiralConvOp>(new Reference.SpiralConv(), new Cpu.SpiralConv(), new Onnx.SpiralConv()),
        OpEntry.Of<SpiralDepthwiseOp>(new Reference.SpiralDepthwise(), new Cpu.SpiralDepthwise(), new Onnx.SpiralDepthwise()),
        OpEntry.Of<TransposeOp>(new Reference.Transpose(), new Cpu.Transpose(), new Onnx.Transpose()),
        OpEntry.Of<WarpNormalizeOp>(new Reference.WarpNormalize(), new Cpu.WarpNormalize(), Cropped),
    ];

    private static readonly FrozenDictionary<Type, OpEntry> _byType = All.ToFrozenDictionary(entry => entry.Type);

    /// <summary>What the rooms make of an op.</summary>
    /// <exception cref="GraphException">The catalog has no line for it.</exception>
    public static OpEntry Of(Op op) => _byType.TryGetValue(op.GetType(), out OpEntry? entry)
        ? entry
        : throw new GraphException($"the catalog of ops has no line for {op.Kind}");
}
