namespace HandMeshEngine.Compute;

/// <summary>Order of the bytes of a pixel.</summary>
public enum PixelFormat
{
    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>Blue, green, red.</summary>
    Bgr,

    /// <summary>Red, green, blue and a fourth byte that is ignored.</summary>
    Rgba,

    /// <summary>Blue, green, red and a fourth byte that is ignored.</summary>
    Bgra,
}

/// <summary>8-bit pixels in the caller's memory; nothing is copied until a session reads them.</summary>
public readonly ref struct ImageView
{
    /// <summary>Describes pixels: row y starts at byte y * stride.</summary>
    /// <exception cref="ArgumentException">The buffer is too small for the size and stride, a size is not positive, or there is no such format.</exception>
    public ImageView(ReadOnlySpan<byte> pixels, int width, int height, int stride, PixelFormat format)
    {
        if (width <= 0 || height <= 0)
        {
            throw new ArgumentException($"an image of {width}x{height} pixels is empty; give a positive width and height");
        }

        if (format is < PixelFormat.Rgb or > PixelFormat.Bgra)
        {
            throw new ArgumentException($"there is no pixel format {(int)format}; give Rgb, Bgr, Rgba or Bgra", nameof(format));
        }

        int bytes = format is PixelFormat.Rgb or PixelFormat.Bgr ? 3 : 4;
        if (stride < (long)width * bytes)
        {
            throw new ArgumentException($"stride {stride} is less than a row of {width} {format} pixels ({(long)width * bytes} bytes)");
        }

        long needed = ((long)(height - 1) * stride) + ((long)width * bytes);
        if (pixels.Length < needed)
        {
            throw new ArgumentException($"{pixels.Length} bytes are too few for {width}x{height} {format} pixels with stride {stride} ({needed} bytes)");
        }

        Pixels = pixels;
        Width = width;
        Height = height;
        Stride = stride;
        Format = format;
    }

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Pixels { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Bytes from one row to the next.</summary>
    public int Stride { get; }

    /// <summary>Order of the bytes of a pixel.</summary>
    public PixelFormat Format { get; }

    /// <summary>True for <c>default</c>: no image.</summary>
    public bool IsEmpty => Width == 0;

    /// <summary>Bytes of a pixel: 3 or 4.</summary>
    public int PixelBytes => Format is PixelFormat.Rgb or PixelFormat.Bgr ? 3 : 4;

    /// <summary>Offset of red within a pixel; blue is at 2 minus this.</summary>
    public int RedOffset => Format is PixelFormat.Rgb or PixelFormat.Rgba ? 0 : 2;
}
