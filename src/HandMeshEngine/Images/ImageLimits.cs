namespace HandMeshEngine.Images;

/// <summary>
/// What a picture may ask for: checked from its header, before anything large is allocated. The defaults pass every photo of a
/// phone and stay within a phone's memory; a service that decodes strangers' pictures sets smaller ones. Immutable.
/// </summary>
public sealed record ImageLimits
{
    /// <summary>64 megapixels (2^26), the most that <see cref="Pixels"/> may be: the largest sensors of phones (9248 x 6944) pass.</summary>
    public const int MostPixels = 1 << 26;

    private const int MostFileBytes = 1 << 30;

    /// <summary>The limits used where none are given.</summary>
    public static ImageLimits Default { get; } = new();

    /// <summary>Most pixels of a picture, 1 to <see cref="MostPixels"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of that range.</exception>
    public int Pixels
    {
        get;
        init => field = value is >= 1 and <= MostPixels
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Pixels), value, $"a limit on pixels is from 1 to {MostPixels}");
    } = MostPixels;

    /// <summary>Most bytes of a file, 1 to 2^30. Files are read whole.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of that range.</exception>
    public int FileBytes
    {
        get;
        init => field = value is >= 1 and <= MostFileBytes
            ? value
            : throw new ArgumentOutOfRangeException(nameof(FileBytes), value, $"a limit on bytes is from 1 to {MostFileBytes}");
    } = 256 << 20;

    /// <summary>
    /// Most bytes that decoding may take beside the file: the picture (3 bytes a pixel), its planes, and for a progressive JPEG all its
    /// coefficients (2 bytes a sample). The default, 320 MiB, takes baseline JPEGs of 64 megapixels at 4:2:0 and 53 at 4:4:4, and
    /// progressive ones of 44 and 27.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public long Memory
    {
        get;
        init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(Memory), value, "a limit on memory is positive");
    } = 320L << 20;

    /// <summary>Checks the size of an image made by a caller.</summary>
    /// <exception cref="ArgumentException">A side is not positive or there are too many pixels.</exception>
    internal static void CheckArguments(int width, int height)
    {
        if (width <= 0 || height <= 0 || (long)width * height > MostPixels)
        {
            throw new ArgumentException(
                $"an image of {width}x{height} pixels is not possible; sides are positive and the area is at most {MostPixels} pixels");
        }
    }

    /// <summary>Checks the size that a file declares.</summary>
    /// <exception cref="ImageException">A side is zero or there are too many pixels.</exception>
    internal void CheckDeclared(string format, long width, long height, int offset)
    {
        if (width <= 0 || height <= 0)
        {
            throw new ImageException(
                $"the {format} header at byte {offset} declares an empty image of {width}x{height} pixels; the file is damaged, export it again");
        }

        if (width > Pixels || height > Pixels || width * height > Pixels)
        {
            throw new ImageException(
                $"the {format} header at byte {offset} declares {width}x{height} pixels, more than the limit of {Pixels}; scale the picture down");
        }
    }

    /// <summary>Checks what decoding would take.</summary>
    /// <exception cref="ImageException">It is more than the limit.</exception>
    internal void CheckMemory(string format, long bytes, int offset)
    {
        if (bytes > Memory)
        {
            throw new ImageException(
                $"the {format} whose header is at byte {offset} takes {bytes >> 20} MiB to decode, more than the limit of {Memory >> 20} MiB; "
                + "scale it down, save it as a baseline JPEG, or raise ImageLimits.Memory");
        }
    }
}
