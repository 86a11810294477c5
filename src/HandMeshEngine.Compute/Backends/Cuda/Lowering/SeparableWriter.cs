using HandMeshEngine.Compute.Backends.Cuda.Tiles;
using HandMeshEngine.Compute.Planning.Fusions;
using HandMeshEngine.Compute.Planning.Memory;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <summary>A depth-wise convolution that is computed by the launch of the 1x1 convolution which alone reads it.</summary>
/// <param name="Depthwise">Its node.</param>
/// <param name="Tile">How the launch is cut.</param>
/// <param name="PatchPixels">Pixels of the input that a tile of rows needs, at most; even.</param>
/// <param name="IsSplit">Whether its values are multiplied as two halves each.</param>
internal sealed record Separable(Node Depthwise, Tile Tile, int PatchPixels, bool IsSplit);

/// <summary>Depth-wise and 1x1 convolutions in one launch: kernels/separable.cu.</summary>
internal static class SeparableWriter
{
    /// <summary>Whether a convolution in groups is left to the launch of its reader, where that is faster.</summary>
    public static bool Joins(CudaLoweringContext context, Node depthwise)
    {
        if (context.Fusions.PointwiseReaderOf(depthwise) is not { } reader)
        {
            return false;
        }

        var op = (Conv2dOp)depthwise.Op;
        Shape taps = context.ShapeOf(depthwise, 1), shape = depthwise.Type.Shape;
        View x = context.Views.AlignedOf(depthwise, 0);
        bool isSplit = context.Precisions.IsSplit(depthwise.Id);
        var product = new ProductShape(shape.Count / taps[0], reader.Type.Shape[1], Layout.Ceiling(taps[0], Layout.Group));
        int Patch(int rows) => (DepthwisePointwise.PatchPixels(x.Shape, shape, op, taps[2], rows) + 1) / 2 * 2;
        if (new DepthwisePointwiseTiles(context.Tiles.Model).Best(product, taps.CountOf(2, 4), x.ElementBytes, isSplit, Patch) is not { } tile)
        {
            return false;
        }

        context.Separables.Add(reader.Id, new Separable(depthwise, tile, Patch(tile.Rows), isSplit));
        return true;
    }

    /// <summary>Appends the launch, at the 1x1 convolution.</summary>
    public static void Emit(CudaLoweringContext context, Node node, Conv2dOp op, Separable separable)
    {
        Node depthwise = separable.Depthwise;
        var deep = (Conv2dOp)depthwise.Op;
        View x = context.Views.AlignedOf(depthwise, 0);
        Tensor weights = context.Constants.Tensor(node, 1, "weight"), taps = context.Constants.Tensor(depthwise, 1, "weight");
        Tensor? bias = deep.Epilogue.Bias ? context.Constants.Tensor(depthwise, deep.Epilogue.BiasIndex(deep.OwnInputs), "bias") : null;
        int channels = weights.Shape[1], kernelH = taps.Shape[2], kernelW = taps.Shape[3];
        View to = context.Views.Allocate(node);
        var product = new ProductShape(to.Pixels, weights.Shape[0], Layout.Ceiling(channels, Layout.Group));
        PlanBuffer packed = ProductWriter.PackedForTiles(
            context, product, separable.Tile, weights, Ops.Conv2d.Packing, tensorCores: true,
            (from, output, k, _) => k < channels ? from[(output * channels) + k] : 0);
        PlanBuffer depth = context.Constants.Packed(taps, "separable", () => PackTaps(taps, bias));
        LaunchStep step = new LaunchStep(node, "separable", separable.IsSplit ? "separable_pair" : "separable", to)
            .Define("IMAGES", to.Images).Define("IN_HEIGHT", x.Height).Define("IN_WIDTH", x.Width).Define("IN_PITCH", x.Pitch)
            .Define("IN_CHUNKS", product.Chunks).Define("OUT_HEIGHT", to.Height).Define("OUT_WIDTH", to.Width)
            .Define("KERNEL_H", kernelH).Define("KERNEL_W", kernelW).Define("STRIDE", deep.Stride).Define("DILATION", deep.Dilation)
            .Define("PAD_TOP", deep.Padding.Top).Define("PAD_LEFT", deep.Padding.Left).Define("PATCH_PIXELS", separable.PatchPixels)
            .Define("IN_TYPE", x.TypeName).Define("D_PAIR", separable.IsSplit).Define(deep.Epilogue.Activation, "DEPTH_ACTIVATION")
            .Take(x.Pointer, new Pointer(depth, 0), new Pointer(packed, 0));
        step.Detail = $"{x.Shape}->{to.Shape} k{kernelH}x{kernelW} s{deep.Stride}{deep.Epilogue} then k1x1";
        int patchBytes = separable.PatchPixels * Tile.StepDepth * x.ElementBytes;
        ProductWriter.EmitTiles(
            context, step, product, separable.Tile, 128,
            DepthwisePointwiseTiles.SharedBytes(separable.Tile, kernelH * kernelW, patchBytes, separable.IsSplit), to,
            op.Epilogue, op.OwnInputs, Layout.BytesOf(x, to) + packed.Bytes + depth.Bytes, []);
        step.MultiplyAdds += context.MultiplyAdds(depthwise);
    }

    /// <summary>Taps and bias of 32 channels at a time.</summary>
    private static byte[] PackTaps(Tensor taps, Tensor? bias)
    {
        int count = taps.Shape.CountOf(2, 4), channels = taps.Shape[0], rows = count + 1;
        var values = new float[Layout.Ceiling(channels, Tile.StepDepth) * rows * Tile.StepDepth];
        for (int c = 0; c < channels; c++)
        {
            int at = (c / Tile.StepDepth * rows * Tile.StepDepth) + (c % Tile.StepDepth);
            for (int tap = 0; tap < count; tap++)
            {
                values[at + (tap * Tile.StepDepth)] = taps.Span<float>()[(c * count) + tap];
            }

            values[at + (count * Tile.StepDepth)] = bias is null ? 0 : bias.Span<float>()[c];
        }

        return MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
    }
}
