namespace HandMeshEngine.Images.Jpeg;

/// <summary>The second bytes of JPEG markers (T.81 table B.1).</summary>
internal static class JpegMarker
{
    public const byte Baseline = 0xc0;
    public const byte ExtendedSequential = 0xc1;
    public const byte Progressive = 0xc2;
    public const byte HuffmanTables = 0xc4;
    public const byte EndOfImage = 0xd9;
    public const byte StartOfScan = 0xda;
    public const byte QuantizationTables = 0xdb;
    public const byte RestartInterval = 0xdd;
    public const byte App0 = 0xe0;
    public const byte App1 = 0xe1;
    public const byte App14 = 0xee;

    private const byte Temporary = 0x01;
    private const byte FirstRestart = 0xd0;
    private const byte StartOfImage = 0xd8;

    /// <summary>Whether the marker stands alone, without a segment.</summary>
    public static bool IsBare(byte marker) => marker is Temporary or (>= FirstRestart and <= StartOfImage);

    /// <summary>In words, the kind of JPEG that this frame marker announces and that is not supported; else null.</summary>
    public static string? UnreadableKind(byte marker) => marker switch
    {
        0xc3 => "lossless",
        0xc5 or 0xc6 or 0xc7 or 0xde => "hierarchical",
        0xc9 or 0xca or 0xcb or 0xcc or 0xcd or 0xce or 0xcf => "arithmetic-coded",
        0xc8 or 0xf7 => "of the JPEG-LS or an extended kind",
        _ => null,
    };
}
