using HandMeshEngine.Images.Jpeg;
using HandMeshEngine.Images.Png;

namespace HandMeshEngine.Images;

/// <summary>
/// Decodes JPEG and PNG files into one image that it owns and reuses: decoding pictures of one size again and again
/// allocates nothing for JPEG and a small constant for PNG. EXIF orientation is applied. Not thread-safe.
/// </summary>
/// <param name="limits">What a picture may ask for; null for <see cref="ImageLimits.Default"/>.</param>
public sealed class ImageDecoder(ImageLimits? limits = null)
{
    private const int SniffLength = 8;

    private readonly ImageLimits _limits = limits ?? ImageLimits.Default;
    private readonly RgbImage _image = new(1, 1);
    private JpegDecoder? _jpeg;
    private PngDecoder? _png;
    private byte[] _file = [];

    /// <summary>
    /// Make the largest value of 16-bit grey white where the upper bits are empty, as sensors of 10 to 12 bits leave them; otherwise such a
    /// picture is nearly black and says so in <see cref="ImageInfo.Notes"/>. PNG alone.
    /// </summary>
    public bool StretchGray16 { get; init; }

    /// <summary>Decodes a file held in memory.</summary>
    /// <returns>The decoder's own image: its pixels stay valid until the next call.</returns>
    /// <exception cref="ImageException">The bytes are not a picture that can be read.</exception>
    public RgbImage Decode(ReadOnlySpan<byte> file)
    {
        switch (Sniff(file))
        {
            case ImageFormat.Jpeg:
                (_jpeg ??= new JpegDecoder(_limits)).Decode(file, _image);
                break;
            case ImageFormat.Png:
                (_png ??= new PngDecoder(_limits, StretchGray16)).Decode(file, _image);
                break;
            default:
                throw new ImageException(NotAnImage(file));
        }

        return _image;
    }

    /// <summary>Reads and decodes a file.</summary>
    /// <returns>The decoder's own image: its pixels stay valid until the next call.</returns>
    /// <exception cref="ImageException">The file is missing, unreadable, not a picture that can be read, or asks for more than the limits.</exception>
    /// <exception cref="IOException">The machine has no file descriptors or memory left.</exception>
    public RgbImage Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            int length = ReadFile(path);
            return Decode(_file.AsSpan(0, length));
        }
        catch (ImageException e)
        {
            throw new ImageException($"{path}: {e.Message}", e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ImageException($"{path}: there is no such file; check the path", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && !RegularFile.IsFaultOfMachine(e))
        {
            string reason = Directory.Exists(path) ? "this is a folder; give the path of one picture" : e.Message;
            throw new ImageException($"{path}: cannot be read: {reason}", e);
        }
    }

    /// <summary>Reads the file into <see cref="_file"/>, refusing before the bulk is read if it is no picture.</summary>
    private int ReadFile(string path)
    {
        if (RegularFile.IsEmpty(path))
        {
            throw new ImageException($"{RegularFile.Empty}; give a JPEG or PNG picture");
        }

        using FileStream stream = RegularFile.OpenRead(path, bufferSize: 0);
        if (stream.Length > _limits.FileBytes)
        {
            throw new ImageException($"the file has {stream.Length} bytes, more than the limit of {_limits.FileBytes}");
        }

        // One byte more than the file holds, so that the read that fills the rest also sees the end.
        Reserve((int)Math.Max(stream.Length + 1, SniffLength));
        int length = stream.ReadAtLeast(_file.AsSpan(0, SniffLength), SniffLength, throwOnEndOfStream: false);
        if (Sniff(_file.AsSpan(0, length)) == ImageFormat.Raw)
        {
            throw new ImageException(NotAnImage(_file.AsSpan(0, length)));
        }

        while (true)
        {
            int read = stream.Read(_file.AsSpan(length));
            length += read;
            if (read == 0)
            {
                return length;
            }

            if (length > _limits.FileBytes)
            {
                throw new ImageException($"the file has more than the limit of {_limits.FileBytes} bytes");
            }

            if (length == _file.Length)
            {
                Reserve(_file.Length * 2);
            }
        }
    }

    private void Reserve(int length)
    {
        if (_file.Length < length)
        {
            Array.Resize(ref _file, length);
        }
    }

    private static ImageFormat Sniff(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8]))
        {
            return ImageFormat.Jpeg;
        }

        return file.StartsWith(PngChunks.Signature) ? ImageFormat.Png : ImageFormat.Raw;
    }

    private static string NotAnImage(ReadOnlySpan<byte> file) => FileKind.Of(file) is { } kind
        ? $"this is {kind.Name}; {kind.Cure}"
        : file.IsEmpty
        ? "the file is empty; give a JPEG or PNG picture"
        : $"this is neither a JPEG nor a PNG file (it starts with {Convert.ToHexStringLower(file[..Math.Min(SniffLength, file.Length)])}); "
            + "convert the picture to one of them";
}
