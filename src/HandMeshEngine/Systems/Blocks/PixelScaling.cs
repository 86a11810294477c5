namespace HandMeshEngine.Systems.Blocks;

/// <summary>Warps that end in (v / 255 - mean) / deviation per channel; black outside the image before that.</summary>
internal static class PixelScaling
{
    /// <summary>The op for a square input of RGB pixels, or BGR.</summary>
    public static WarpNormalizeOp Warp(
        int size,
        WarpSampling sampling,
        (float R, float G, float B) mean,
        (float R, float G, float B) deviation,
        bool swapRedBlue = false) => new(
            size,
            size,
            sampling,
            WarpBorder.Zero,
            swapRedBlue,
            (1 / (255 * deviation.R), 1 / (255 * deviation.G), 1 / (255 * deviation.B)),
            (-mean.R / deviation.R, -mean.G / deviation.G, -mean.B / deviation.B));

    /// <summary>The same with one mean and deviation for all channels.</summary>
    public static WarpNormalizeOp Warp(int size, WarpSampling sampling, float mean, float deviation, bool swapRedBlue = false) =>
        Warp(size, sampling, (mean, mean, mean), (deviation, deviation, deviation), swapRedBlue);
}
