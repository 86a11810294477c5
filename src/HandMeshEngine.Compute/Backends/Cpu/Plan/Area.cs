using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Backends.Cpu.Plan;

/// <summary>
/// Where and how a value lies in memory: images of rows of pixels of channels, channels adjacent. A map [N, C, H, W] is stored
/// in that order (NHWC); [N, V, C] is N images of one row of V pixels, [V, C] one row of V pixels, [C] one pixel. Strides may
/// leave gaps: a slice of a wider value, or a border of zeros around each map, which convolutions read instead of testing
/// for the edge. The gap right of a row is also the border left of the next.
/// </summary>
internal sealed unsafe record Area(
    Block Block, long Offset, int Images, int Height, int Width, int Channels, int ImageStride, int RowStride, int PixelStride, Padding Border)
{
    /// <summary>First float of the first pixel, border not counted.</summary>
    public float* Data => Block.Data + Offset;

    /// <summary>Rows of all images.</summary>
    public int Rows => Images * Height;

    /// <summary>Pixels of all images.</summary>
    public int Pixels => Images * Height * Width;

    /// <summary>Values, gaps not counted.</summary>
    public int Count => Pixels * Channels;

    /// <summary>True without any gap.</summary>
    public bool IsDense => RowsAreDense && PixelStride == Channels;

    /// <summary>True if all pixels of all images lie at one constant stride.</summary>
    public bool RowsAreDense =>
        (Height == 1 || RowStride == Width * PixelStride) && (Images == 1 || ImageStride == Height * Width * PixelStride);

    public bool HasBorder => Border != default;

    /// <summary>A new block without gaps for a value of this shape.</summary>
    public static Area Dense(Shape shape) => Bordered(shape, default);

    /// <summary>A value without gaps in this memory.</summary>
    public static Area DenseIn(Block block, Shape shape) => Dense(shape) with { Block = block };

    /// <summary>A new block for a map with a border of zeros around each image.</summary>
    public static Area Bordered(Shape shape, Padding border) => Bordered(shape, border, Extents(shape).Channels);

    /// <summary>A new block for a map with a border, pixels at a given stride.</summary>
    public static Area Bordered(Shape shape, Padding border, int pixelStride)
    {
        (int images, int height, int width, int channels) = Extents(shape);
        int rowStride = (width + Math.Max(border.Left, border.Right)) * pixelStride;
        int imageStride = (height + Math.Max(border.Top, border.Bottom)) * rowStride;
        long before = ((long)border.Top * rowStride) + ((long)border.Left * pixelStride);
        long after = ((long)border.Bottom * rowStride) + ((long)border.Right * pixelStride);
        long last = ((long)(images - 1) * imageStride) + ((long)(height - 1) * rowStride) + ((long)width * pixelStride);
        return new Area(new Block(before + last + after), before, images, height, width, channels, imageStride, rowStride, pixelStride, border);
    }

    /// <summary>The four extents of a logical shape in physical order.</summary>
    public static (int Images, int Height, int Width, int Channels) Extents(Shape shape) => shape.Rank switch
    {
        0 => (1, 1, 1, 1),
        1 => (1, 1, 1, shape[0]),
        2 => (1, 1, shape[0], shape[1]),
        3 => (shape[0], 1, shape[1], shape[2]),
        4 => (shape[0], shape[2], shape[3], shape[1]),
        _ => (1, 1, shape.CountOf(0, shape.Rank - 1), shape[-1]),
    };

    /// <summary>The part of this value with indices start.. of one logical axis; shares the memory.</summary>
    public Area Part(int rank, int axis, int start, int length)
    {
        return (rank, axis) switch
        {
            (4, 1) or (3, 2) or (2, 1) or (1, 0) => this with { Offset = Offset + start, Channels = length },
            (4, 2) => this with { Offset = Offset + ((long)start * RowStride), Height = length, Border = default },
            (4, 3) or (3, 1) or (2, 0) => this with { Offset = Offset + ((long)start * PixelStride), Width = length, Border = default },
            (4, 0) or (3, 0) => this with { Offset = Offset + ((long)start * ImageStride), Images = length },
            _ => throw new GraphException($"the cpu backend cannot take a part of axis {axis} of rank {rank}"),
        };
    }

    /// <summary>The stride in floats of each logical axis.</summary>
    public long[] LogicalStrides(int rank) => rank switch
    {
        0 => [],
        1 => [1],
        2 => [PixelStride, 1],
        3 => [ImageStride, PixelStride, 1],
        4 => [ImageStride, 1, RowStride, PixelStride],
        _ => throw new GraphException($"the cpu backend has no strides for rank {rank}"),
    };

    /// <summary>True if the pixels and channels of a value of this shape lie in the row-major order of its logical axes, gaps aside.</summary>
    public bool IsRowMajor(Shape shape) => shape.Rank != 4 || Channels == 1 || Height * Width == 1;

    /// <summary>The stride of each axis in row-major order.</summary>
    public static long[] RowMajorStrides(Shape shape)
    {
        var strides = new long[shape.Rank];
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            strides[axis] = shape.CountOf(axis + 1, shape.Rank);
        }

        return strides;
    }

    /// <summary>For example <c>1x56x56x64 @4096 +1</c>: extents, place in the arena, border.</summary>
    public override string ToString() =>
        $"{Images}x{Height}x{Width}x{Channels}"
        + (Block.IsConstant ? " constant" : Block.IsScratch ? " rows" : $" @{Block.ArenaOffset + (Offset * sizeof(float))}")
        + (PixelStride == Channels ? string.Empty : $" /{PixelStride}")
        + (HasBorder ? $" +{Border}" : string.Empty);
}
