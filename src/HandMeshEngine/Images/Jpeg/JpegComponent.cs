namespace HandMeshEngine.Images.Jpeg;

/// <summary>One colour component of a JPEG: its geometry, its tables and its decoded samples. Reused from file to file.</summary>
internal sealed class JpegComponent
{
    /// <summary>Rows are this much apart at least, so that vectors may run past a row's end.</summary>
    private const int RowAlignment = 32;

    private byte[] _plane = [];
    private short[] _coefficients = [];
    private bool _isLatched;

    /// <summary>The number by which scans name the component.</summary>
    public int Id { get; private set; }

    /// <summary>Horizontal sampling factor, 1 to 4.</summary>
    public int HorizontalFactor { get; private set; }

    /// <summary>Vertical sampling factor, 1 to 4.</summary>
    public int VerticalFactor { get; private set; }

    /// <summary>Which quantisation table it uses, 0 to 3.</summary>
    public int QuantizationIndex { get; private set; }

    /// <summary>True samples per row.</summary>
    public int Width { get; private set; }

    /// <summary>True rows of samples.</summary>
    public int Height { get; private set; }

    /// <summary>Blocks per row that hold true samples.</summary>
    public int BlockColumns { get; private set; }

    /// <summary>Rows of blocks that hold true samples.</summary>
    public int BlockRows { get; private set; }

    /// <summary>Blocks per row, those that fill up the last unit of an interleaved scan included.</summary>
    public int PaddedBlockColumns { get; private set; }

    /// <summary>Rows of blocks, those that fill up the last unit of an interleaved scan included.</summary>
    public int PaddedBlockRows { get; private set; }

    /// <summary>Samples from one row of the plane to the next.</summary>
    public int Stride { get; private set; }

    /// <summary>The quantisation table, row by row, as it was when the component's first scan began.</summary>
    public short[] Quantization { get; } = new short[64];

    /// <summary>
    /// How far each coefficient, in coding order, has arrived: its lowest bit yet, or <see cref="Unseen"/>.
    /// </summary>
    public sbyte[] LowestBit { get; } = new sbyte[64];

    /// <summary>The DC code of the current scan.</summary>
    public HuffmanTable? DcTable { get; set; }

    /// <summary>The AC code of the current scan.</summary>
    public HuffmanTable? AcTable { get; set; }

    /// <summary>The DC coefficient of the block before.</summary>
    public int Prediction { get; set; }

    /// <summary>Whether any scan brought this component.</summary>
    public bool IsSeen => LowestBit[0] != Unseen;

    /// <summary>The mark of a coefficient that no scan has brought.</summary>
    public static sbyte Unseen => sbyte.MaxValue;

    /// <summary>Decoded samples, <c>[PaddedBlockRows * 8, Stride]</c>.</summary>
    public Span<byte> Plane => _plane.AsSpan(0, Stride * PaddedBlockRows * 8);

    /// <summary>Coefficients of a progressive file, <c>[PaddedBlockRows, PaddedBlockColumns, 64]</c>.</summary>
    public Span<short> Coefficients => _coefficients.AsSpan(0, PaddedBlockRows * PaddedBlockColumns * 64);

    /// <summary>Takes the component's three bytes of the frame header.</summary>
    public void Define(int id, int horizontalFactor, int verticalFactor, int quantizationIndex)
    {
        Id = id;
        HorizontalFactor = horizontalFactor;
        VerticalFactor = verticalFactor;
        QuantizationIndex = quantizationIndex;
        LowestBit.AsSpan().Fill(Unseen);
        _isLatched = false;
    }

    /// <summary>Takes a quantisation table, unless a scan of this file already did.</summary>
    public void LatchQuantization(ReadOnlySpan<short> table)
    {
        if (!_isLatched)
        {
            table.CopyTo(Quantization);
            _isLatched = true;
        }
    }

    /// <summary>Works out the geometry inside a frame.</summary>
    public void Place(JpegFrame frame)
    {
        Width = DivideUp(frame.Width * HorizontalFactor, frame.MaxHorizontalFactor);
        Height = DivideUp(frame.Height * VerticalFactor, frame.MaxVerticalFactor);
        BlockColumns = DivideUp(Width, 8);
        BlockRows = DivideUp(Height, 8);
        PaddedBlockColumns = frame.UnitColumns * HorizontalFactor;
        PaddedBlockRows = frame.UnitRows * VerticalFactor;
        Stride = DivideUp(PaddedBlockColumns * 8, RowAlignment) * RowAlignment;
    }

    /// <summary>Makes room for the samples and, for a progressive file, zeroed coefficients.</summary>
    public void Allocate(bool withCoefficients)
    {
        int samples = Stride * PaddedBlockRows * 8;
        if (_plane.Length < samples)
        {
            _plane = new byte[samples];
        }

        if (!withCoefficients)
        {
            return;
        }

        int count = PaddedBlockRows * PaddedBlockColumns * 64;
        if (_coefficients.Length < count)
        {
            _coefficients = new short[count];
        }
        else
        {
            Coefficients.Clear();
        }
    }

    /// <summary>The coefficients of one block.</summary>
    public Span<short> Block(int row, int column) =>
        _coefficients.AsSpan(((row * PaddedBlockColumns) + column) * 64, 64);

    /// <summary>The plane from the first sample of one block on.</summary>
    public Span<byte> Samples(int blockRow, int blockColumn) =>
        _plane.AsSpan((blockRow * 8 * Stride) + (blockColumn * 8));

    private static int DivideUp(int value, int by) => (value + by - 1) / by;
}
