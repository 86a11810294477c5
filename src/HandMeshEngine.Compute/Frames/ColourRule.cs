namespace HandMeshEngine.Compute;

/// <summary>
/// Samples of a YUV or gray format as R, G, B in 0..255 (docs/frames.md): each is Scale (Y - Zero) plus its factors times
/// Cb - 128 and Cr - 128, all in 8-bit units, which <see cref="Unit"/> times a sample gives.
/// </summary>
internal readonly record struct ColourRule(
    double Unit, double Scale, double Zero, double RedFromCr, double GreenFromCb, double GreenFromCr, double BlueFromCb)
{
    /// <summary>Neutral Cb and Cr.</summary>
    public const double Neutral = 128;

    /// <summary>The rule of an image.</summary>
    public static ColourRule Of(PixelLayout layout, YuvEncoding encoding, double black, double white)
    {
        if (layout.Kind == SampleKind.Gray)
        {
            return new(1, 255 / (white - black), black, 0, 0, 0, 0);
        }

        (double red, double blue) = encoding.Matrix switch
        {
            YuvMatrix.Bt601 => (0.299, 0.114),
            YuvMatrix.Bt709 => (0.2126, 0.0722),
            _ => (0.2627, 0.0593),
        };
        double green = 1 - red - blue;
        bool full = encoding.Range == YuvRange.Full;

        // Ten bits in the upper end of sixteen: white of the full range is 1023 * 64 / 256.
        double white8 = layout.SampleBytes == 2 ? 255.75 : 255;
        double luma = 255 / (full ? white8 : 219), chroma = 255 / (full ? white8 : 224);
        return new(
            layout.SampleBytes == 2 ? 1 / 256.0 : 1,
            luma,
            full ? 0 : 16,
            chroma * 2 * (1 - red),
            -chroma * 2 * (1 - blue) * blue / green,
            -chroma * 2 * (1 - red) * red / green,
            chroma * 2 * (1 - blue));
    }
}
