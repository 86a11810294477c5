namespace HandMeshEngine.Images;

/// <summary>What a picture may ask for before anything large is allocated for it.</summary>
internal static class ImageLimits
{
    /// <summary>64 megapixels: the largest phone sensors in common use (9248 x 6944) pass.</summary>
    public const int MaxPixels = 1 << 26;

    /// <summary>Far more than 64 megapixels take in either format.</summary>
    public const int MaxFileBytes = 1 << 30;

    /// <summary>Checks the size of an image made by a caller.</summary>
    /// <exception cref="ArgumentException">A side is not positive or there are too many pixels.</exception>
    public static void CheckArguments(int width, int height)
    {
        if (width <= 0 || height <= 0 || (long)width * height > MaxPixels)
        {
            throw new ArgumentException(
                $"an image of {width}x{height} pixels is not possible; sides are positive and the area is at most {MaxPixels} pixels");
        }
    }

    /// <summary>Checks the size that a file declares.</summary>
    /// <exception cref="ImageException">A side is zero or there are too many pixels.</exception>
    public static void CheckDeclared(string format, long width, long height, int offset)
    {
        if (width <= 0 || height <= 0)
        {
            throw new ImageException(
                $"the {format} header at byte {offset} declares an empty image of {width}x{height} pixels; the file is damaged, export it again");
        }

        if (width > MaxPixels || height > MaxPixels || width * height > MaxPixels)
        {
            throw new ImageException(
                $"the {format} header at byte {offset} declares {width}x{height} pixels, more than the limit of {MaxPixels}; scale the picture down");
        }
    }
}
