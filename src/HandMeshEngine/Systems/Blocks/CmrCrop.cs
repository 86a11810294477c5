namespace HandMeshEngine.Systems.Blocks;

/// <summary>
/// The crop that inceptiongraph and pixelaligned take over from CMR (docs/systems/inceptiongraph.md 2): a square 1.3 times the box's
/// longer side, 224 x 224, exact bilinear taps, black outside the image, (v / 255 - 0.5) / 0.5.
/// </summary>
internal static class CmrCrop
{
    /// <summary>Side of the network input, pixels.</summary>
    public const int Size = 224;

    private const double BoxFactor = 1.3;

    private static readonly WarpNormalizeOp _warp = PixelScaling.Warp(Size, WarpSampling.Bilinear, mean: 0.5f, deviation: 0.5f);

    /// <summary>The map from image pixels to crop pixels; the box may leave the image and is never clamped.</summary>
    public static Affine2 ImageToCrop(in HandView view) => BoxCrop.EdgeAligned(view.Box, view.Enlargement(BoxFactor), Size);

    /// <summary>The part of the image that the network sees.</summary>
    public static Crop Shown(in HandView view)
    {
        double side = BoxCrop.Side(view.Box, view.Enlargement(BoxFactor));
        return new Crop(view.Box.CenterX, view.Box.CenterY, side, side, 0);
    }

    /// <summary>Inputs <c>image</c> and <c>crop</c> (Float64 [batch, 3, 3], crop pixels to image pixels) -> [batch, 3, 224, 224].</summary>
    public static Value Input(GraphBuilder g, int batch)
    {
        using GraphBuilder.Scope stage = g.Stage("crop");
        return g.Tap("input", g.WarpNormalize(g.Image("image"), g.Input("crop", DType.Float64, batch, 3, 3), _warp));
    }
}
