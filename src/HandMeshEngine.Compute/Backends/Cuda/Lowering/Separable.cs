using System.Runtime.InteropServices;
using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Planning;
using HandMeshEngine.Compute.Planning.Memory;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <summary>A depth-wise convolution that is computed by the launch of the 1x1 convolution which alone reads it.</summary>
/// <param name="Depthwise">Its node.</param>
/// <param name="Tile">How the launch is cut.</param>
/// <param name="PatchPixels">Pixels of the input that a tile of rows needs, at most; even.</param>
/// <param name="IsPair">Whether its values are multiplied as two halves each.</param>
internal sealed record Separable(Node Depthwise, Tile Tile, int PatchPixels, bool IsPair);

/// <content>kernels/separable.cu.</content>
internal sealed partial class CudaLowering
{
    /// <summary>For convolutions that only a 1x1 convolution on tensor cores reads, that one.</summary>
    private Dictionary<int, Node> PointwiseReaders()
    {
        var readers = new Dictionary<int, Node>();
        foreach (Node node in _graph.Nodes)
        {
            if (node.Op is Conv2dOp { Groups: 1, Stride: 1 } op && op.Padding == default && UsesTensorCores(node)
                && ShapeOf(node, 1).CountOf(2, 4) == 1 && !SplitsWeights(node, Constant(node, 1, "weight"))
                && _uses.IsReadOnce(node.Inputs[0]))
            {
                readers.Add(node.Inputs[0], node);
            }
        }

        return readers;
    }

    /// <summary>Whether a convolution in groups is left to the launch of its reader, which is then in <see cref="_separables"/>.</summary>
    private bool IsSeparable(Node depthwise, Conv2dOp op)
    {
        Shape taps = ShapeOf(depthwise, 1), shape = depthwise.Type.Shape;
        if (!_pointwise.TryGetValue(depthwise.Id, out Node? reader) || _tails.ContainsKey(depthwise.Id)
            || !(_pairs.Contains(depthwise.Id) || IsHalf(depthwise))
            || op.Epilogue is { Residual: true } or { Activation.Kind: ActivationKind.PRelu }
            || taps[1] != 1 || taps[0] != ShapeOf(depthwise, 0)[1])
        {
            return false;
        }

        View x = Aligned(depthwise, 0);
        var product = new ProductShape(shape.Count / taps[0], reader.Type.Shape[1], Ceiling(taps[0], Layout.Group), 1);
        int Patch(int rows) => PatchPixels(x.Shape, shape, op, taps[2], rows);
        bool isPair = _pairs.Contains(depthwise.Id);
        if (_tiles.ForSeparable(product, taps.CountOf(2, 4), x.ElementBytes, isPair, Patch) is not { } tile)
        {
            return false;
        }

        _separables.Add(reader.Id, new Separable(depthwise, tile, Patch(tile.Rows), isPair));
        return true;
    }

    /// <summary>
    /// Pixels from the start of the first line that a tile of rows reads to the end of the last one, for the tile where these are most.
    /// </summary>
    private static int PatchPixels(Shape x, Shape to, Conv2dOp op, int kernel, int rows)
    {
        int most = 0, total = to[0] * to[2] * to[3];
        int Line(int m) => (m % (to[2] * to[3]) / to[3] * op.Stride) - op.Padding.Top;
        for (int first = 0; first < total; first += rows)
        {
            int last = Math.Min(first + rows, total) - 1;
            int start = (first / (to[2] * to[3]) * x[2]) + Math.Max(Line(first), 0);
            int end = (last / (to[2] * to[3]) * x[2]) + Math.Min(Line(last) + ((kernel - 1) * op.Dilation), x[2] - 1) + 1;
            most = Math.Max(most, (end - start) * x[3]);
        }

        return (most + 1) / 2 * 2;
    }

    private void SeparableConv2d(Node node, Conv2dOp op, Separable separable)
    {
        var deep = (Conv2dOp)separable.Depthwise.Op;
        View x = Aligned(separable.Depthwise, 0);
        Tensor weights = Constant(node, 1, "weight"), taps = Constant(separable.Depthwise, 1, "weight");
        Tensor? bias = deep.Epilogue.Bias ? Constant(separable.Depthwise, deep.Epilogue.BiasIndex(deep.OwnInputs), "bias") : null;
        int channels = weights.Shape[1], kernelH = taps.Shape[2], kernelW = taps.Shape[3];
        View to = Allocate(node);
        var product = new Product(to.Pixels, weights.Shape[0], Ceiling(channels, Layout.Group));
        PlanBuffer packed = PackedForTiles(
            product, separable.Tile, weights, "conv2d", tensorCores: true, (from, output, k, _) => k < channels ? from[(output * channels) + k] : 0);
        PlanBuffer depth = Packed(taps, "separable", () => PackDepth(taps, bias));
        LaunchStep step = Launch(node, "separable", separable.IsPair ? "separable_pair" : "separable", to)
            .Define("IMAGES", to.Shape[0]).Define("IN_HEIGHT", x.Shape[2]).Define("IN_WIDTH", x.Shape[3]).Define("IN_PITCH", x.Pitch)
            .Define("IN_CHUNKS", product.Chunks).Define("OUT_HEIGHT", to.Shape[2]).Define("OUT_WIDTH", to.Shape[3])
            .Define("KERNEL_H", kernelH).Define("KERNEL_W", kernelW).Define("STRIDE", deep.Stride).Define("DILATION", deep.Dilation)
            .Define("PAD_TOP", deep.Padding.Top).Define("PAD_LEFT", deep.Padding.Left).Define("PATCH_PIXELS", separable.PatchPixels)
            .Define("IN_TYPE", x.TypeName).Define("D_PAIR", separable.IsPair);
        Activation(step, deep.Epilogue.Activation, "DEPTH_ACTIVATION").Take(x.Pointer, new Pointer(depth, 0), new Pointer(packed, 0));
        step.Detail = $"{x.Shape}->{to.Shape} k{kernelH}x{kernelW} s{deep.Stride}{deep.Epilogue} then k1x1";
        int patchBytes = separable.PatchPixels * TileChoice.StepDepth * x.ElementBytes;
        EmitTiles(
            step, product, separable.Tile, 128, TileChoice.SeparableBytes(separable.Tile, kernelH * kernelW, patchBytes, separable.IsPair), to,
            op.Epilogue, op.OwnInputs, BytesOf(x, to) + packed.Bytes + depth.Bytes, []);
        step.MultiplyAdds += deep.MultiplyAdds(_graph.InputTypes(separable.Depthwise), separable.Depthwise.Type);
    }

    /// <summary>Taps and bias of 32 channels at a time.</summary>
    private static byte[] PackDepth(Tensor taps, Tensor? bias)
    {
        int count = taps.Shape.CountOf(2, 4), channels = taps.Shape[0], rows = count + 1;
        var values = new float[Ceiling(channels, TileChoice.StepDepth) * rows * TileChoice.StepDepth];
        for (int c = 0; c < channels; c++)
        {
            int at = (c / TileChoice.StepDepth * rows * TileChoice.StepDepth) + (c % TileChoice.StepDepth);
            for (int tap = 0; tap < count; tap++)
            {
                values[at + (tap * TileChoice.StepDepth)] = taps.Span<float>()[(c * count) + tap];
            }

            values[at + (count * TileChoice.StepDepth)] = bias is null ? 0 : bias.Span<float>()[c];
        }

        return MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
    }
}
