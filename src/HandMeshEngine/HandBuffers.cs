namespace HandMeshEngine;

/// <summary>
/// Where <see cref="HandRasterizer.Draw(ReadOnlySpan{HandMesh}, Camera, HandBuffers)"/> writes: up to three buffers of one size in the
/// caller's memory, row by row from the top, pixels of the upright image. A buffer that is left empty is not computed.
/// </summary>
public readonly ref struct HandBuffers
{
    /// <summary>Buffers of a size, none of them set yet.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <exception cref="ArgumentException">A size is not from 1 to 32768.</exception>
    public HandBuffers(int width, int height)
    {
        if (width is < 1 or > MostPixels || height is < 1 or > MostPixels)
        {
            throw new ArgumentException($"buffers of {width}x{height} pixels cannot be drawn; give 1 to {MostPixels} columns and rows");
        }

        (Width, Height) = (width, height);
    }

    private const int MostPixels = 32768;

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Distance to the nearest surface at each pixel's centre, metres; <see cref="Background"/> where there is no hand.</summary>
    public Span<float> Depth { get; init; }

    /// <summary>Elements from one row of <see cref="Depth"/> to the next; 0 means <see cref="Width"/>.</summary>
    public int DepthStride { get; init; }

    /// <summary>255 where a hand covers the pixel's centre, 0 elsewhere.</summary>
    public Span<byte> Mask { get; init; }

    /// <summary>Elements from one row of <see cref="Mask"/> to the next; 0 means <see cref="Width"/>.</summary>
    public int MaskStride { get; init; }

    /// <summary>The visible part: the hand's index times 8 plus a <see cref="HandPart"/>, 0 where there is no hand.</summary>
    public Span<byte> Parts { get; init; }

    /// <summary>Elements from one row of <see cref="Parts"/> to the next; 0 means <see cref="Width"/>.</summary>
    public int PartsStride { get; init; }

    /// <summary>What <see cref="Depth"/> measures.</summary>
    public DepthMeasure Measure { get; init; }

    /// <summary>Depth where there is no hand: 0 as depth cameras have it; give infinity for a comparison of depths.</summary>
    public float Background { get; init; }

    /// <summary>Nothing is to be written.</summary>
    internal bool IsEmpty => Depth.IsEmpty && Mask.IsEmpty && Parts.IsEmpty;

    /// <summary>One row of the depth buffer; empty if it is not wanted.</summary>
    internal Span<float> DepthRow(int y) => Row(Depth, DepthStride, y);

    /// <summary>One row of the mask; empty if it is not wanted.</summary>
    internal Span<byte> MaskRow(int y) => Row(Mask, MaskStride, y);

    /// <summary>One row of the parts; empty if they are not wanted.</summary>
    internal Span<byte> PartsRow(int y) => Row(Parts, PartsStride, y);

    /// <summary>Checks that every buffer holds its rows.</summary>
    /// <exception cref="ArgumentException">One is too short, a stride shorter than a row, or the struct was not constructed.</exception>
    internal void Validate()
    {
        if (Width == 0)
        {
            throw new ArgumentException("these buffers have no size; construct them with a width and a height");
        }

        Require(Depth.Length, DepthStride, "depth");
        Require(Mask.Length, MaskStride, "mask");
        Require(Parts.Length, PartsStride, "parts");
    }

    private void Require(int length, int stride, string name)
    {
        if (length == 0)
        {
            return;
        }

        long step = stride == 0 ? Width : stride, needed = (step * (Height - 1)) + Width;
        if (step < Width)
        {
            throw new ArgumentException($"the {name} buffer's stride of {stride} elements is shorter than a row of {Width}");
        }

        if (length < needed)
        {
            throw new ArgumentException($"the {name} buffer holds {length} elements, but {Width}x{Height} pixels with a stride of {step} take {needed}");
        }
    }

    private Span<T> Row<T>(Span<T> buffer, int stride, int y) =>
        buffer.IsEmpty ? default : buffer.Slice(y * (stride == 0 ? Width : stride), Width);
}
