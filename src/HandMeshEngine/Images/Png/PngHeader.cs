namespace HandMeshEngine.Images.Png;

/// <summary>The header chunk (IHDR) of a PNG.</summary>
internal readonly record struct PngHeader
{
    /// <summary>Bytes of the chunk's content.</summary>
    private const int Length = 13;

    /// <summary>Pixels per row.</summary>
    public int Width { get; private init; }

    /// <summary>Rows.</summary>
    public int Height { get; private init; }

    /// <summary>Bits per sample: 1, 2, 4, 8 or 16.</summary>
    public int BitDepth { get; private init; }

    /// <summary>Whether samples are numbers of palette entries.</summary>
    public bool HasPalette { get; private init; }

    /// <summary>Samples per pixel: grey or palette 1, grey with alpha 2, RGB 3, RGB with alpha 4.</summary>
    public int Channels { get; private init; }

    /// <summary>Whether the rows come in the seven passes of Adam7.</summary>
    public bool IsInterlaced { get; private init; }

    /// <summary>Bytes from a sample to the same sample of the pixel before, at least 1: the distance that filters use.</summary>
    public int FilterDistance => Math.Max(1, Channels * BitDepth / 8);

    /// <summary>Reads and checks the chunk.</summary>
    /// <exception cref="ImageException">The header is not possible, or the picture is too large.</exception>
    public static PngHeader Read(ReadOnlySpan<byte> chunk, int offset, ImageLimits limits)
    {
        if (chunk.Length != Length)
        {
            throw Damaged(offset, $"has {chunk.Length} bytes, {Length} are right");
        }

        uint width = BinaryPrimitives.ReadUInt32BigEndian(chunk);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(chunk[4..]);
        limits.CheckDeclared("PNG", width, height, offset);
        limits.CheckMemory("PNG", (long)width * height * 3, offset);
        int depth = chunk[8];
        int colorType = chunk[9];
        bool isPossible = colorType switch
        {
            0 => depth is 1 or 2 or 4 or 8 or 16,
            3 => depth is 1 or 2 or 4 or 8,
            2 or 4 or 6 => depth is 8 or 16,
            _ => false,
        };
        if (!isPossible || chunk[10] != 0 || chunk[11] != 0 || chunk[12] > 1)
        {
            throw Damaged(
                offset,
                $"asks for color type {colorType} with {depth} bits, compression {chunk[10]}, filter {chunk[11]}, interlace {chunk[12]}, which does not exist");
        }

        return new PngHeader
        {
            Width = (int)width,
            Height = (int)height,
            BitDepth = depth,
            HasPalette = colorType == 3,
            Channels = colorType switch
            {
                2 => 3,
                4 => 2,
                6 => 4,
                _ => 1,
            },
            IsInterlaced = chunk[12] == 1,
        };
    }

    /// <summary>Bytes that a row of so many pixels takes, without its filter byte.</summary>
    public int RowBytes(int pixels) => (int)((((long)pixels * Channels * BitDepth) + 7) / 8);

    private static ImageException Damaged(int offset, string what) =>
        new($"the PNG header at byte {offset} {what}; the file is damaged, export it again");
}
