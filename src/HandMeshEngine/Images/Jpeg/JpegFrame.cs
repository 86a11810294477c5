namespace HandMeshEngine.Images.Jpeg;

/// <summary>The frame header (SOF): size, components, and the grid of coded units. Reused from file to file.</summary>
internal sealed class JpegFrame(ImageLimits limits)
{
    private const int MaxComponents = 4;
    private const int MaxFactor = 4;

    private readonly JpegComponent[] _components = [new(), new(), new(), new()];
    private int _componentCount;

    /// <summary>Whether a header was read.</summary>
    public bool IsDefined => _componentCount > 0;

    /// <summary>Whether the coefficients come in several scans.</summary>
    public bool IsProgressive { get; private set; }

    /// <summary>Pixels per row.</summary>
    public int Width { get; private set; }

    /// <summary>Rows.</summary>
    public int Height { get; private set; }

    /// <summary>The largest horizontal sampling factor.</summary>
    public int MaxHorizontalFactor { get; private set; }

    /// <summary>The largest vertical sampling factor.</summary>
    public int MaxVerticalFactor { get; private set; }

    /// <summary>Interleaved units (MCU) per row.</summary>
    public int UnitColumns { get; private set; }

    /// <summary>Rows of interleaved units.</summary>
    public int UnitRows { get; private set; }

    /// <summary>The components: one (grey), three, or four (CMYK).</summary>
    public ReadOnlySpan<JpegComponent> Components => _components.AsSpan(0, _componentCount);

    /// <summary>Whether every coefficient has come with all its bits, so that nothing more of the file is needed.</summary>
    public bool IsComplete
    {
        get
        {
            foreach (JpegComponent component in Components)
            {
                if (!component.IsSeen || component.LowestBit.ContainsAnyExcept((sbyte)0))
                {
                    return false;
                }
            }

            return IsDefined;
        }
    }

    /// <summary>Forgets the header (a new file begins).</summary>
    public void Clear() => _componentCount = 0;

    /// <summary>Reads the header.</summary>
    /// <param name="segment">The segment's content, without its length.</param>
    /// <param name="offset">Where the content lies in the file.</param>
    /// <param name="progressive">Whether the marker was SOF2.</param>
    public void Read(ReadOnlySpan<byte> segment, int offset, bool progressive)
    {
        if (IsDefined)
        {
            throw new ImageException($"a second JPEG frame header stands at byte {offset}; the file is damaged, export it again");
        }

        if (segment.Length < 6 || segment.Length != 6 + (3 * segment[5]))
        {
            throw new ImageException($"the JPEG frame header at byte {offset} has the wrong length; the file is damaged, export it again");
        }

        if (segment[0] != 8)
        {
            throw new ImageException($"the JPEG at byte {offset} has {segment[0]} bits per sample, only 8 can be read; convert it to an 8-bit JPEG");
        }

        Height = BinaryPrimitives.ReadUInt16BigEndian(segment[1..]);
        Width = BinaryPrimitives.ReadUInt16BigEndian(segment[3..]);
        limits.CheckDeclared("JPEG", Width, Height, offset);
        IsProgressive = progressive;
        ReadComponents(segment, offset);
    }

    /// <summary>Blocks that hold true samples, several components together.</summary>
    public static long CountBlocks(ReadOnlySpan<JpegComponent> components)
    {
        long blocks = 0;
        foreach (JpegComponent component in components)
        {
            blocks += (long)component.BlockColumns * component.BlockRows;
        }

        return blocks;
    }

    private void ReadComponents(ReadOnlySpan<byte> segment, int offset)
    {
        int count = segment[5];
        if (count is not (1 or 3 or MaxComponents))
        {
            throw new ImageException($"the JPEG header at byte {offset} declares {count} components, only grey, colour and CMYK pictures can be read; convert it to RGB");
        }

        MaxHorizontalFactor = 1;
        MaxVerticalFactor = 1;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> entry = segment.Slice(6 + (3 * i), 3);
            int horizontal = entry[1] >> 4;
            int vertical = entry[1] & 15;
            if (horizontal is 0 or > MaxFactor || vertical is 0 or > MaxFactor || entry[2] > 3)
            {
                throw new ImageException($"the JPEG header at byte {offset} has impossible sampling factors or table numbers; the file is damaged, export it again");
            }

            _components[i].Define(entry[0], horizontal, vertical, entry[2]);
            MaxHorizontalFactor = Math.Max(MaxHorizontalFactor, horizontal);
            MaxVerticalFactor = Math.Max(MaxVerticalFactor, vertical);
        }

        UnitColumns = (Width + (8 * MaxHorizontalFactor) - 1) / (8 * MaxHorizontalFactor);
        UnitRows = (Height + (8 * MaxVerticalFactor) - 1) / (8 * MaxVerticalFactor);
        _componentCount = count;
        long samples = 0;
        foreach (JpegComponent component in Components)
        {
            samples += (long)UnitColumns * UnitRows * 64 * component.HorizontalFactor * component.VerticalFactor;
        }

        limits.CheckMemory("JPEG", ((IsProgressive ? 3 : 1) * samples) + (3L * Width * Height), offset);
        foreach (JpegComponent component in Components)
        {
            if (MaxHorizontalFactor % component.HorizontalFactor != 0 || MaxVerticalFactor % component.VerticalFactor != 0)
            {
                throw new ImageException($"the JPEG header at byte {offset} samples a component at a fractional step; convert it to 4:4:4 or 4:2:0");
            }

            component.Place(this);
        }
    }
}
