using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Backends.Reference;

/// <summary>Evaluates one op. The passes use it to fold constants.</summary>
internal static class ReferenceEvaluator
{
    /// <summary>Stands for an operand that is an image, not a tensor.</summary>
    public static readonly Tensor NoTensor = new(DType.UInt8, new Shape(0));

    /// <summary>The result of <paramref name="op"/>; never aliases an input.</summary>
    public static Tensor Evaluate(Op op, Tensor[] inputs, TensorType type, ImageView image = default)
    {
        var output = new Tensor(type.Type, type.Shape);
        switch (op)
        {
            case Conv2dOp conv: Convolutions.Conv2d(conv, inputs, output); break;
            case ConvTranspose2dOp conv: Convolutions.ConvTranspose2d(conv, inputs, output); break;
            case LinearOp linear: Products.Linear(linear, inputs, output); break;
            case MatMulOp: Products.MatMul(inputs, output); break;
            case AttentionOp attention: Products.Attention(attention, inputs, output); break;
            case MaxPoolOp pool: Windows.MaxPool(pool, inputs[0], output); break;
            case AveragePoolOp pool: Windows.AveragePool(pool, inputs[0], output); break;
            case ReduceOp reduce: Reductions.Reduce(reduce, inputs[0], output); break;
            case SoftmaxOp: Reductions.Softmax(inputs[0], output); break;
            case SoftArgmaxOp: Reductions.SoftArgmax(inputs[0], output); break;
            case ArgMax2dOp: Reductions.ArgMax2d(inputs[0], output); break;
            case ResizeOp resize: Sampling.Resize(resize, inputs[0], output); break;
            case GridSampleOp sample: Sampling.GridSample(sample, inputs, output); break;
            case WarpNormalizeOp warp: Warp.Run(warp, inputs, image, output); break;
            case GatherOp: Meshes.Gather(inputs, output); break;
            case SpiralConvOp spiral: Meshes.SpiralConv(spiral, inputs, output); break;
            case SpiralDepthwiseOp: Meshes.SpiralDepthwise(inputs, output); break;
            case SparseMatMulOp: Meshes.SparseMatMul(inputs, output); break;
            case ChebTermsOp cheb: Meshes.ChebTerms(cheb, inputs, output); break;
            case GinAggregateOp gin: Meshes.GinAggregate(gin, inputs, output); break;
            case BinCentersOp bins: Meshes.BinCenters(bins, inputs, output); break;
            case RootSolveOp: Root.Solve(inputs, output); break;
            case ConcatOp concat: Movement.Concat(concat, inputs, output); break;
            case SliceOp slice: Movement.Slice(slice, inputs[0], output); break;
            case ReshapeOp: inputs[0].Bytes.CopyTo(output.Bytes); break;
            case TransposeOp transpose: Movement.Transpose(transpose, inputs[0], output); break;
            case PadChannelsOp: Movement.PadChannels(inputs[0], output); break;
            case SpaceToDepthOp: Movement.SpaceToDepth(inputs[0], output); break;
            case BinaryOp binary: Elements.Binary(binary, inputs, output); break;
            case ActivationOp activation: Elements.Activate(activation, inputs, output); break;
            case AffineOp affine: Elements.Affine(affine, inputs, output); break;
            case BatchNormOp norm: Elements.BatchNorm(norm, inputs, output); break;
            case LayerNormOp norm: Elements.LayerNorm(norm, inputs, output); break;
            default: throw new GraphException($"the reference backend has no definition of {op.Kind}");
        }

        return output;
    }
}
