using HandMeshEngine.Compute;

namespace HandMeshEngine;

/// <summary>
/// A frame in the caller's memory, as it was stored: up to three planes of samples, in any <see cref="PixelFormat"/>, with any strides.
/// Nothing is copied or converted; the networks' crops are sampled from the planes (docs/frames.md).
/// </summary>
/// <remarks>
/// Row y of a plane starts |stride| bytes after row y - 1, or before it if the stride is negative: then the span starts with the lowest
/// row of the picture. The last row need not be padded.
/// </remarks>
public readonly ref struct ImageView
{
    private readonly ReadOnlySpan<byte> _first;
    private readonly ReadOnlySpan<byte> _second;
    private readonly ReadOnlySpan<byte> _third;
    private readonly int _secondStride;
    private readonly int _thirdStride;
    private readonly int _chromaStep;
    private readonly ulong _firstAddress;
    private readonly ulong _secondAddress;

    /// <summary>
    /// Pixels in one buffer. Of formats with several planes, the others follow the first one: rows of <see cref="PixelFormat.Nv12"/>'s
    /// second plane have the same stride (one more byte if it is odd), those of <see cref="PixelFormat.I420"/>'s half of it.
    /// </summary>
    /// <param name="pixels">From the lowest address on.</param>
    /// <param name="width">Columns as stored.</param>
    /// <param name="height">Rows as stored.</param>
    /// <param name="stride">Bytes from one row to the next; negative if the lowest row comes first in memory.</param>
    /// <param name="format">Where the samples lie.</param>
    /// <exception cref="ArgumentException">The buffer is too small for the size and stride, the stride is shorter than a row, a size is not
    /// positive, or there is no such format.</exception>
    public ImageView(ReadOnlySpan<byte> pixels, int width, int height, int stride, PixelFormat format)
        : this(format, width, height)
    {
        PixelLayout layout = Layout;
        _first = pixels;
        Stride = stride;
        if (layout.Planes > 1)
        {
            long step = Math.Abs((long)stride), second = step * height;
            long samples = (step / layout.SampleBytes) + 1;
            long chroma = layout.Planes == 2 ? samples / 2 * 2 * layout.SampleBytes : samples / 2;
            _secondStride = (int)Math.Min(chroma, int.MaxValue) * Math.Sign(stride);
            _thirdStride = layout.Planes == 3 ? _secondStride : 0;
            long third = second + (chroma * layout.Rows(1, height));
            if (pixels.Length <= (layout.Planes == 3 ? third : second))
            {
                long needed = (layout.Planes == 3 ? third : second) + (chroma * (layout.Rows(1, height) - 1)) + layout.RowBytes(1, width);
                throw new ArgumentException(
                    $"{pixels.Length} bytes are too few for {width}x{height} {format} pixels with stride {stride} ({needed} bytes, all planes in one buffer)");
            }

            _first = pixels[..(int)second];
            _second = layout.Planes == 3 ? pixels[(int)second..(int)third] : pixels[(int)second..];
            _third = layout.Planes == 3 ? pixels[(int)third..] : default;
        }

        Check(layout);
    }

    internal ImageView(
        PixelFormat format, int width, int height, ReadOnlySpan<byte> first, int stride, ReadOnlySpan<byte> second, int secondStride,
        ReadOnlySpan<byte> third, int thirdStride, int chromaStep, YuvEncoding encoding)
        : this(format, width, height)
    {
        _first = first;
        _second = second;
        _third = third;
        Stride = stride;
        _secondStride = secondStride;
        _thirdStride = thirdStride;
        _chromaStep = chromaStep;
        Encoding = encoding;
        Check(Layout);
    }

    private ImageView(PixelFormat format, int width, int height, ulong first, int stride, ulong second, int secondStride, YuvEncoding encoding)
        : this(format, width, height)
    {
        if (first == 0 || (second == 0) != (Layout.Planes == 1))
        {
            throw new ArgumentException($"a {format} frame in device memory needs the address of each of its planes");
        }

        _firstAddress = first;
        _secondAddress = second;
        Stride = stride;
        _secondStride = secondStride;
        Encoding = encoding;
        Check(Layout);
    }

    private ImageView(PixelFormat format, int width, int height)
    {
        PixelLayout layout = PixelLayout.Of(format);
        if (width <= 0 || height <= 0)
        {
            throw new ArgumentException($"an image of {width}x{height} pixels is empty; give a positive width and height");
        }

        StoredWidth = width;
        StoredHeight = height;
        Format = format;
        White = layout.SampleBytes == 2 ? ushort.MaxValue : byte.MaxValue;
    }

    /// <summary>The bytes of the first plane.</summary>
    /// <exception cref="ArgumentException">The pixels lie in device memory.</exception>
    public ReadOnlySpan<byte> Pixels => IsEmpty ? default : Plane(0);

    /// <summary>Whether the pixels lie in the memory of a CUDA device; then only an estimator on that device reads them.</summary>
    public bool IsInDeviceMemory => _firstAddress != 0;

    /// <summary>Columns of the upright image, which results are about.</summary>
    public int Width => Orientation.IsSideways ? StoredHeight : StoredWidth;

    /// <summary>Rows of the upright image.</summary>
    public int Height => Orientation.IsSideways ? StoredWidth : StoredHeight;

    /// <summary>Columns in memory.</summary>
    public int StoredWidth { get; private init; }

    /// <summary>Rows in memory.</summary>
    public int StoredHeight { get; private init; }

    /// <summary>Bytes from one row of the first plane to the next.</summary>
    public int Stride { get; }

    /// <summary>Where the samples lie.</summary>
    public PixelFormat Format { get; private init; }

    /// <summary>Number of planes: 1, 2 or 3.</summary>
    public int Planes => Layout.Planes;

    /// <summary>What the numbers of a YUV format mean.</summary>
    public YuvEncoding Encoding { get; init; }

    /// <summary>How the stored frame becomes the upright image; costs nothing, since the crops are sampled that way.</summary>
    public FrameOrientation Orientation { get; init; }

    /// <summary>The lens that drew the stored frame; then the matrices of a session lead to rays instead of pixels. Null: to pixels.</summary>
    public LensProjection? Projection { get; init; }

    /// <summary>The value of <see cref="PixelFormat.Gray16"/> that is black.</summary>
    public int Black { get; internal init; }

    /// <summary>The value of <see cref="PixelFormat.Gray16"/> that is white.</summary>
    public int White { get; internal init; }

    /// <summary>True for <c>default</c>: no image.</summary>
    public bool IsEmpty => StoredWidth == 0;

    /// <summary>Bytes from one sample of the second and third plane to the next, where the caller said it; otherwise 0.</summary>
    internal int ChromaStep => _chromaStep;

    /// <summary>The places of the samples.</summary>
    internal PixelLayout Layout => PixelLayout.Of(Format);

    /// <summary>Samples to colours.</summary>
    internal ColourRule Rule => ColourRule.Of(Layout, Encoding, Black, White);

    /// <summary>
    /// A frame of one plane in the memory of a CUDA device, read there without a copy. It must be written when a prediction reaches it:
    /// by work before in the estimator's stream, or before the call (docs/cuda.md).
    /// </summary>
    /// <param name="address">Device address of the lowest row in memory.</param>
    /// <param name="width">Columns as stored.</param>
    /// <param name="height">Rows as stored.</param>
    /// <param name="stride">Bytes from one row to the next; negative if the lowest row of the picture comes first in memory.</param>
    /// <param name="format">A format of one plane.</param>
    /// <exception cref="ArgumentException">The address is zero, the stride shorter than a row, a size not positive, or the format has several planes.</exception>
    public static ImageView InDeviceMemory(ulong address, int width, int height, int stride, PixelFormat format) =>
        new(format, width, height, address, stride, 0, 0, default);

    /// <summary>As <see cref="InDeviceMemory"/> in two planes, Y and Cb Cr pairs: what a video decoder on the device leaves.</summary>
    /// <exception cref="ArgumentException">An address is zero, a stride shorter than a row, or a size not positive.</exception>
    public static ImageView Nv12InDeviceMemory(
        ulong y, int yStride, ulong cbcr, int cbcrStride, int width, int height, YuvEncoding encoding = default) =>
        new(PixelFormat.Nv12, width, height, y, yStride, cbcr, cbcrStride, encoding);

    /// <summary>Two planes, Y and Cb Cr pairs, each with its own stride in bytes.</summary>
    /// <exception cref="ArgumentException">A plane is too small, or a stride shorter than a row.</exception>
    public static ImageView Nv12(
        ReadOnlySpan<byte> y, int yStride, ReadOnlySpan<byte> cbcr, int cbcrStride, int width, int height, YuvEncoding encoding = default) =>
        new(PixelFormat.Nv12, width, height, y, yStride, cbcr, cbcrStride, default, 0, 0, encoding);

    /// <summary>Two planes, Y and Cr Cb pairs, each with its own stride in bytes.</summary>
    /// <exception cref="ArgumentException">A plane is too small, or a stride shorter than a row.</exception>
    public static ImageView Nv21(
        ReadOnlySpan<byte> y, int yStride, ReadOnlySpan<byte> crcb, int crcbStride, int width, int height, YuvEncoding encoding = default) =>
        new(PixelFormat.Nv21, width, height, y, yStride, crcb, crcbStride, default, 0, 0, encoding);

    /// <summary>Two planes of 16-bit samples, Y and Cb Cr pairs, each with its own stride in bytes.</summary>
    /// <exception cref="ArgumentException">A plane is too small, or a stride shorter than a row.</exception>
    public static ImageView P010(
        ReadOnlySpan<byte> y, int yStride, ReadOnlySpan<byte> cbcr, int cbcrStride, int width, int height, YuvEncoding encoding = default) =>
        new(PixelFormat.P010, width, height, y, yStride, cbcr, cbcrStride, default, 0, 0, encoding);

    /// <summary>Three planes, each with its own stride in bytes. A frame in YV12 is one whose Cr plane comes first in memory.</summary>
    /// <exception cref="ArgumentException">A plane is too small, or a stride shorter than a row.</exception>
    public static ImageView I420(
        ReadOnlySpan<byte> y, int yStride, ReadOnlySpan<byte> cb, int cbStride, ReadOnlySpan<byte> cr, int crStride, int width, int height,
        YuvEncoding encoding = default) =>
        new(PixelFormat.I420, width, height, y, yStride, cb, cbStride, cr, crStride, 1, encoding);

    /// <summary>
    /// Android's YUV_420_888: planes Y, U (Cb) and V (Cr) as the camera hands them out. With a pixel stride of 2 the last two are the same
    /// memory, one byte apart.
    /// </summary>
    /// <param name="y">Plane Y.</param>
    /// <param name="u">Plane U.</param>
    /// <param name="v">Plane V.</param>
    /// <param name="yStride">Row stride of Y, bytes.</param>
    /// <param name="chromaStride">Row stride of U and V, bytes.</param>
    /// <param name="chromaPixelStride">Bytes from one sample of U or V to the next: 1 or more.</param>
    /// <param name="width">Columns as stored.</param>
    /// <param name="height">Rows as stored.</param>
    /// <param name="encoding">Usually <see cref="YuvEncoding.Bt601Full"/>.</param>
    /// <exception cref="ArgumentException">A plane is too small, a stride shorter than a row, or the pixel stride not positive.</exception>
    public static ImageView Yuv420(
        ReadOnlySpan<byte> y, ReadOnlySpan<byte> u, ReadOnlySpan<byte> v, int yStride, int chromaStride, int chromaPixelStride, int width, int height,
        YuvEncoding encoding = default) => chromaPixelStride >= 1
        ? new(PixelFormat.I420, width, height, y, yStride, u, chromaStride, v, chromaStride, chromaPixelStride, encoding)
        : throw new ArgumentException($"the chroma pixel stride {chromaPixelStride} must be 1 or more", nameof(chromaPixelStride));

    /// <summary>One plane of 16-bit brightness, for example infrared; the caller says which values are black and white.</summary>
    /// <exception cref="ArgumentException">The plane is too small, the stride shorter than a row, or white not above black.</exception>
    public static ImageView Gray16(ReadOnlySpan<byte> pixels, int stride, int width, int height, int black = 0, int white = ushort.MaxValue) =>
        black >= 0 && white > black && white <= ushort.MaxValue
            ? new ImageView(pixels, width, height, stride, PixelFormat.Gray16) { Black = black, White = white }
            : throw new ArgumentException($"black {black} and white {white} of a 16-bit image must be 0 <= black < white <= {ushort.MaxValue}");

    /// <summary>The bytes of a plane: Y first, then in the order of the format's name.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The format has fewer planes.</exception>
    /// <exception cref="ArgumentException">The pixels lie in device memory.</exception>
    public ReadOnlySpan<byte> Plane(int plane)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)plane, (uint)Planes, nameof(plane));
        if (IsInDeviceMemory)
        {
            throw new ArgumentException("the pixels lie in the memory of a CUDA device, where the host cannot read them; open the estimator on cuda, or copy them");
        }

        return plane == 0 ? _first : plane == 1 ? _second : _third;
    }

    /// <summary>Bytes from one row of a plane to the next.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The format has fewer planes.</exception>
    public int PlaneStride(int plane)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)plane, (uint)Planes, nameof(plane));
        return plane == 0 ? Stride : plane == 1 ? _secondStride : _thirdStride;
    }

    /// <summary>Where the top row of a plane lies in device memory.</summary>
    internal ulong DeviceAddress(int plane) => (plane == 0 ? _firstAddress : _secondAddress) + (ulong)TopRow(plane);

    /// <summary>Bytes from the start of a plane to its top row.</summary>
    internal long TopRow(int plane) =>
        PlaneStride(plane) < 0 ? -(long)PlaneStride(plane) * (Layout.Rows(plane, StoredHeight) - 1) : 0;

    /// <summary>The bytes of a plane's row that hold samples.</summary>
    internal ReadOnlySpan<byte> PlaneRow(int plane, int row) =>
        Plane(plane).Slice((int)(TopRow(plane) + ((long)row * PlaneStride(plane))), (int)RowBytes(Layout, plane));

    /// <summary>Bytes of a row of a plane, up to the end of its last sample.</summary>
    internal long RowBytes(int plane) => RowBytes(Layout, plane);

    /// <summary>Bytes of the samples of a plane without the gaps between its rows.</summary>
    internal long PlaneBytes(int plane) => RowBytes(plane) * Layout.Rows(plane, StoredHeight);

    /// <summary>One of the three samples of a pixel.</summary>
    internal SampleLayout Sample(int index)
    {
        PixelLayout layout = Layout;
        SampleLayout sample = index == 0 ? layout.First : index == 1 ? layout.Second : layout.Third;
        return index > 0 && _chromaStep > 0 ? sample with { Step = _chromaStep } : sample;
    }

    private void Check(PixelLayout layout)
    {
        for (int plane = 0; plane < layout.Planes; plane++)
        {
            long row = RowBytes(layout, plane);
            int stride = PlaneStride(plane), rows = layout.Rows(plane, StoredHeight);
            if (Math.Abs((long)stride) < row)
            {
                throw new ArgumentException($"stride {stride} is less than a row of {NameOf(layout, plane)} ({row} bytes)");
            }

            long needed = ((rows - 1) * Math.Abs((long)stride)) + row;
            if (!IsInDeviceMemory && Plane(plane).Length < needed)
            {
                throw new ArgumentException(
                    $"{Plane(plane).Length} bytes are too few for {NameOf(layout, plane)} with stride {stride} ({needed} bytes)");
            }
        }
    }

    private string NameOf(PixelLayout layout, int plane) => layout.Planes == 1
        ? $"{StoredWidth}x{StoredHeight} {Format} pixels"
        : $"plane {plane} ({layout.PlaneName(plane)}) of {StoredWidth}x{StoredHeight} {Format} pixels";

    private long RowBytes(PixelLayout layout, int plane)
    {
        if (plane == 0 || _chromaStep <= 1)
        {
            return layout.RowBytes(plane, StoredWidth);
        }

        return ((((StoredWidth + 1) >> 1) - 1) * (long)_chromaStep) + 1;
    }
}
