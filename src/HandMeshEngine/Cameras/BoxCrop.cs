namespace HandMeshEngine.Cameras;

/// <summary>
/// Upright square crops around a box, as maps from image pixels to crop pixels. Each system states the enlargement
/// factor, the crop size and which of the two pixel conventions its weights were trained with.
/// </summary>
internal static class BoxCrop
{
    /// <summary>The side of the square that a crop covers, in image pixels.</summary>
    public static double Side(HandBox box, double factor) => factor * Math.Max(box.Width, box.Height);

    /// <summary>
    /// No half-pixel term: crop coordinate size/2 is the box centre (docs/systems/handdgp.md 2.1, docs/systems/handar.md 2).
    /// </summary>
    public static Affine2 Centred(HandBox box, double factor, int size)
    {
        double s = size / Side(box, factor);
        return new Affine2(s, 0, (size / 2.0) - (s * box.CenterX), 0, s, (size / 2.0) - (s * box.CenterY));
    }

    /// <summary>
    /// Pixel areas on both sides: the crop's outer edges are the square's outer edges (InceptionGraph and
    /// PixelAligned section 2; with factor 1 also GraphHand's resize).
    /// </summary>
    public static Affine2 EdgeAligned(HandBox box, double factor, int size)
    {
        double side = Side(box, factor), k = size / side;
        double left = box.CenterX - (side / 2), top = box.CenterY - (side / 2);
        return new Affine2(k, 0, (k * (0.5 - left)) - 0.5, 0, k, (k * (0.5 - top)) - 0.5);
    }
}
