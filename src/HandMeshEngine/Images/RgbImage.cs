namespace HandMeshEngine.Images;

/// <summary>
/// An image of 8-bit RGB pixels, rows tightly packed from the top: <c>[Height, Width, 3]</c>. Not thread-safe for writing.
/// </summary>
public sealed class RgbImage
{
    private byte[] _pixels;

    /// <summary>A black image.</summary>
    /// <exception cref="ArgumentException">A side is not positive, or the image exceeds 64 megapixels (2^26).</exception>
    public RgbImage(int width, int height)
    {
        ImageLimits.CheckArguments(width, height);
        Width = width;
        Height = height;
        _pixels = new byte[ByteCount];
        Info = ImageInfo.Plain(ImageFormat.Raw);
    }

    /// <summary>An image with a copy of the given pixels.</summary>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="rgb">Exactly <c>width * height * 3</c> bytes, <c>[height, width, 3]</c>.</param>
    /// <exception cref="ArgumentException">A side is not positive, the image exceeds 64 megapixels (2^26), or the
    /// number of bytes is wrong.</exception>
    public RgbImage(int width, int height, ReadOnlySpan<byte> rgb)
        : this(width, height)
    {
        if (rgb.Length != ByteCount)
        {
            throw new ArgumentException(
                $"a {width}x{height} RGB image has {ByteCount} bytes, but {rgb.Length} were given; pass tightly packed rows",
                nameof(rgb));
        }

        rgb.CopyTo(_pixels);
    }

    /// <summary>Pixels per row.</summary>
    public int Width { get; private set; }

    /// <summary>Number of rows.</summary>
    public int Height { get; private set; }

    /// <summary>What the file said besides the pixels.</summary>
    public ImageInfo Info { get; set; }

    /// <summary>All pixels, <c>[Height, Width, 3]</c>.</summary>
    public Span<byte> Pixels => _pixels.AsSpan(0, ByteCount);

    /// <summary>These pixels as an estimator reads them; nothing is copied.</summary>
    public ImageView View => new(Pixels, Width, Height, Width * 3, PixelFormat.Rgb);

    private int ByteCount => Width * Height * 3;

    /// <summary>The image's <see cref="View"/>.</summary>
    public static implicit operator ImageView(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return image.View;
    }

    /// <summary>One row, <c>[Width, 3]</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="y"/> is outside the image.</exception>
    public Span<byte> Row(int y)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)y, (uint)Height, nameof(y));
        return _pixels.AsSpan(y * Width * 3, Width * 3);
    }

    /// <summary>The upright image of a frame of any format.</summary>
    /// <exception cref="ArgumentException">The frame is empty, or exceeds 64 megapixels (2^26).</exception>
    public static RgbImage From(ImageView frame)
    {
        var image = new RgbImage(1, 1);
        image.CopyFrom(frame);
        return image;
    }

    /// <summary>Decodes a JPEG or PNG file held in memory. <see cref="ImageDecoder"/> does the same with reused buffers.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="limits">What the picture may ask for; null for <see cref="ImageLimits.Default"/>.</param>
    /// <exception cref="ImageException">The bytes are not a picture that can be read, or ask for more than the limits.</exception>
    public static RgbImage Decode(ReadOnlySpan<byte> file, ImageLimits? limits = null) => new ImageDecoder(limits).Decode(file);

    /// <summary>Reads and decodes a JPEG or PNG file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">What the picture may ask for; null for <see cref="ImageLimits.Default"/>.</param>
    /// <exception cref="ImageException">The file is missing, unreadable, not a picture that can be read, or asks for more than the limits.</exception>
    public static RgbImage Load(string path, ImageLimits? limits = null) => new ImageDecoder(limits).Load(path);

    /// <summary>Becomes the upright image of a frame of any format; allocates only to grow. The frame must not be of these pixels.</summary>
    /// <exception cref="ArgumentException">The frame is empty, or exceeds 64 megapixels (2^26).</exception>
    public void CopyFrom(ImageView frame)
    {
        ImageLimits.CheckArguments(frame.Width, frame.Height);
        Resize(frame.Width, frame.Height);
        frame.CopyRgb(Pixels);
    }

    /// <summary>Gives this image another size; the pixels are then unspecified. Allocates only to grow.</summary>
    internal void Resize(int width, int height)
    {
        Width = width;
        Height = height;
        if (_pixels.Length < ByteCount)
        {
            _pixels = new byte[ByteCount];
        }
    }
}
