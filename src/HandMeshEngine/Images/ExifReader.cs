namespace HandMeshEngine.Images;

/// <summary>
/// Picks orientation and lens out of an EXIF block, a TIFF structure. Damaged EXIF never spoils a picture: what cannot be
/// read is left out.
/// </summary>
internal readonly ref struct ExifReader
{
    private const int OrientationTag = 0x0112;
    private const int ExifDirectoryTag = 0x8769;
    private const int FocalLengthTag = 0x920a;
    private const int WidthTag = 0xa002;
    private const int HeightTag = 0xa003;
    private const int FocalPlaneXTag = 0xa20e;
    private const int FocalPlaneYTag = 0xa20f;
    private const int FocalPlaneUnitTag = 0xa210;
    private const int FocalLength35Tag = 0xa405;

    private const int EntrySize = 12;
    private const int ShortType = 3;
    private const int LongType = 4;
    private const int RationalType = 5;

    private readonly ReadOnlySpan<byte> _tiff;
    private readonly bool _isLittleEndian;

    private ExifReader(ReadOnlySpan<byte> tiff)
    {
        _tiff = tiff;
        _isLittleEndian = tiff[0] == 'I';
    }

    /// <summary>Adds what an EXIF block says to an image's metadata.</summary>
    /// <param name="tiff">The block from its TIFF header on.</param>
    /// <param name="info">What is known so far.</param>
    public static ImageInfo Read(ReadOnlySpan<byte> tiff, ImageInfo info)
    {
        if (!tiff.StartsWith("II*\0"u8) && !tiff.StartsWith("MM\0*"u8))
        {
            return info;
        }

        ExifReader reader = new(tiff);
        long main = reader.Number(4, LongType) ?? 0;
        int orientation = reader.Value(main, OrientationTag) is { } turn and >= 1 and <= 8 ? (int)turn : 1;
        long exif = reader.Value(main, ExifDirectoryTag) is { } at && at <= tiff.Length ? (long)at : 0;
        double? unitMm = reader.Value(exif, FocalPlaneUnitTag) switch
        {
            null or 2 => 25.4,
            3 => 10,
            4 => 1,
            5 => 0.001,
            _ => null,
        };
        double? x = Positive(reader.Value(exif, FocalPlaneXTag) / unitMm);
        double? y = Positive(reader.Value(exif, FocalPlaneYTag) / unitMm);
        int? width = Size(reader.Value(exif, WidthTag));
        int? height = Size(reader.Value(exif, HeightTag));
        bool isTurned = orientation is >= 5 and <= 8;
        return info with
        {
            Orientation = orientation,
            FocalLengthMm = Positive(reader.Value(exif, FocalLengthTag)),
            FocalLengthIn35mmFilm = Positive(reader.Value(exif, FocalLength35Tag)),
            FocalPlanePixelsPerMmX = isTurned ? y : x,
            FocalPlanePixelsPerMmY = isTurned ? x : y,
            ExifWidth = isTurned ? height : width,
            ExifHeight = isTurned ? width : height,
        };
    }

    private static double? Positive(double? value) => value > 0 && double.IsFinite(value.Value) ? value : null;

    private static int? Size(double? value) => value is > 0 and < int.MaxValue ? (int)value : null;

    /// <summary>The first value of a tag in the directory at an offset.</summary>
    private double? Value(long directory, int tag)
    {
        long count = directory <= 0 ? 0 : Number(directory, ShortType) ?? 0;
        for (long i = 0; i < count; i++)
        {
            long entry = directory + 2 + (i * EntrySize);
            long? found = Number(entry, ShortType);
            if (found is null)
            {
                return null; // the directory claims more entries than there are bytes
            }

            if (found != tag)
            {
                continue;
            }

            long? type = Number(entry + 2, ShortType);
            if (type is ShortType or LongType)
            {
                return Number(entry + 8, (int)type);
            }

            long at = type == RationalType ? Number(entry + 8, LongType) ?? 0 : 0;
            return at == 0 ? null : Number(at, LongType) / (double?)Number(at + 4, LongType);
        }

        return null;
    }

    private long? Number(long offset, int type)
    {
        int size = type == ShortType ? 2 : 4;
        if (offset < 0 || offset > _tiff.Length - size)
        {
            return null;
        }

        ReadOnlySpan<byte> bytes = _tiff.Slice((int)offset, size);
        return (type, _isLittleEndian) switch
        {
            (ShortType, true) => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            (ShortType, false) => BinaryPrimitives.ReadUInt16BigEndian(bytes),
            (_, true) => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            (_, false) => BinaryPrimitives.ReadUInt32BigEndian(bytes),
        };
    }
}
