using HandMeshEngine.Images;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Memory;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace HandMeshEngine.ImageSharp;

/// <summary>
/// Decodes picture files: JPEG and PNG by the engine's own decoders, WebP, BMP, TIFF, TGA, PBM and GIF (first frame) by ImageSharp
/// behind <see cref="ImageFileLimits"/>. EXIF orientation is applied. Not thread-safe.
/// </summary>
public sealed class ImageFileDecoder(ImageFileLimits? limits = null)
{
    private readonly ImageFileLimits _limits = limits ?? new ImageFileLimits();
    private ImageDecoder? _own;

    /// <inheritdoc cref="ImageDecoder.StretchGray16"/>
    public bool StretchGray16 { get; init; }

    private ImageDecoder Own => _own ??= new ImageDecoder { StretchGray16 = StretchGray16 };

    /// <summary>Endings of files that are read, with their dots, in lower case.</summary>
    public static IReadOnlyList<string> Endings { get; } =
        [".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff", ".tga", ".pbm", ".pgm", ".ppm", ".gif"];

    /// <summary>The name of the format that a file is of by its first bytes, or null if it is none that is read here.</summary>
    /// <param name="start">At least 18 bytes, if the file has so many.</param>
    public static string? FormatOf(ReadOnlySpan<byte> start) => ImageFileFormat.Of(start)?.Name
        ?? (start.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff]) ? "JPEG" : start.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']) ? "PNG" : null);

    /// <summary>Reads and decodes a file.</summary>
    /// <returns>Pixels that stay valid until the next call.</returns>
    /// <exception cref="ImageException">The file is missing, not a picture that can be read, or beyond a limit: one sentence.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public RgbImage Load(string path, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] file;
        try
        {
            using FileStream stream = RegularFile.OpenRead(path, bufferSize: 0);
            byte[] start = new byte[FileKind.StartLength];
            int length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            // The engine's own decoders read their files themselves, into memory that they keep, and have the sentences for what is missing.
            if (ImageFileFormat.Of(start.AsSpan(0, length)) is null)
            {
                return LoadOwn(path, start.AsSpan(0, length));
            }

            if (stream.Length > _limits.MaxFileBytes)
            {
                throw new ImageException($"{path}: the file has {stream.Length} bytes, more than the limit of {_limits.MaxFileBytes}");
            }

            file = new byte[stream.Length];
            stream.Position = 0;
            stream.ReadExactly(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Own.Load(path);
        }

        try
        {
            return Decode(file, cancellation);
        }
        catch (ImageException exception)
        {
            throw new ImageException($"{path}: {exception.Message}", exception);
        }
    }

    /// <summary>Decodes a file held in memory.</summary>
    /// <inheritdoc cref="Load" path="/returns"/>
    /// <inheritdoc cref="Load" path="/exception"/>
    public RgbImage Decode(ReadOnlyMemory<byte> file, CancellationToken cancellation = default)
    {
        if (ImageFileFormat.Of(file.Span) is not { } format)
        {
            return DecodeOwn(file.Span);
        }

        KnownFlaws.Refuse(format, file.Span);
        cancellation.ThrowIfCancellationRequested();
        if (_limits.MaxTime <= TimeSpan.Zero)
        {
            // A timer of no time may still come after a small picture.
            throw TooLong(format);
        }

        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(_limits.MaxTime);
        CancellationToken token = time.Token;
        Task<RgbImage> work = Task.Run(() => Decode(format, file, token), token);
        try
        {
            work.Wait(token);
            return work.Result;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw TooLong(format);
        }
        catch (AggregateException exception) when (exception.InnerException is { } cause)
        {
            cancellation.ThrowIfCancellationRequested();
            throw cause is OperationCanceledException ? TooLong(format)
                : cause as ImageException ?? new ImageException($"the {format.Name} file is damaged or of a kind that is not read ({Sentence(cause)}); export it again, or save it as PNG", cause);
        }
    }

    private ImageException TooLong(ImageFileFormat format) =>
        new($"the {format.Name} file takes longer than {_limits.MaxTime.TotalSeconds:0.###} s to decode; export it again, or save it as PNG");

    private RgbImage Decode(ImageFileFormat format, ReadOnlyMemory<byte> file, CancellationToken cancellation)
    {
        Configuration configuration = format.NewConfiguration();
        configuration.MaxDegreeOfParallelism = 1;
        configuration.MemoryAllocator = MemoryAllocator.Create(new MemoryAllocatorOptions
        {
            MaximumPoolSizeMegabytes = 1,
            AllocationLimitMegabytes = _limits.MaxBufferMegabytes,
        });
        using var stream = new MemoryStream(file.ToArray(), writable: false);
        IImageInfo info = Image.Identify(configuration, stream) ?? throw new ImageException($"the {format.Name} header cannot be read; the file is damaged, export it again");
        if (info.Width <= 0 || info.Height <= 0 || (long)info.Width * info.Height > _limits.MaxPixels)
        {
            throw new ImageException($"the {format.Name} header declares {info.Width}x{info.Height} pixels, but 1 to {_limits.MaxPixels} are read; scale the picture down");
        }

        cancellation.ThrowIfCancellationRequested();
        stream.Position = 0;
        using Image<Rgb24> image = Image.LoadAsync<Rgb24>(configuration, stream, format.NewDecoder(), cancellation).GetAwaiter().GetResult();
        // TIFF keeps it with the frame, where AutoOrient does not look.
        image.Metadata.ExifProfile ??= image.Frames.RootFrame.Metadata.ExifProfile;
        ImageInfo said = Read(image.Metadata.ExifProfile);
        if (said.Orientation != 1)
        {
            image.Mutate(context => context.AutoOrient());
        }

        RgbImage result = image.ToRgbImage();
        result.Info = said;
        return result;
    }

    private static ImageInfo Read(ExifProfile? exif)
    {
        int orientation = exif?.GetValue(ExifTag.Orientation)?.Value is { } value and >= 1 and <= 8 ? value : 1;
        int? width = Positive(exif?.GetValue(ExifTag.PixelXDimension)?.Value), height = Positive(exif?.GetValue(ExifTag.PixelYDimension)?.Value);
        bool isTurned = orientation >= 5;
        return new ImageInfo
        {
            Format = ImageFormat.Raw,
            Orientation = orientation,
            FocalLengthIn35mmFilm = exif?.GetValue(ExifTag.FocalLengthIn35mmFilm)?.Value is { } focal and > 0 ? focal : null,
            ExifWidth = isTurned ? height : width,
            ExifHeight = isTurned ? width : height,
        };
    }

    private static int? Positive(Number? number) => number is { } value && (int)value > 0 ? (int)value : null;

    private RgbImage LoadOwn(string path, ReadOnlySpan<byte> start)
    {
        RequireKnown(start, path + ": ");
        return Own.Load(path);
    }

    private RgbImage DecodeOwn(ReadOnlySpan<byte> file)
    {
        RequireKnown(file, string.Empty);
        return Own.Decode(file);
    }

    private static void RequireKnown(ReadOnlySpan<byte> file, string prefix)
    {
        bool isOwn = file.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8]) || file.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']);
        if (!isOwn && !file.IsEmpty)
        {
            throw new ImageException(FileKind.Of(file) is { } kind
                ? $"{prefix}this is {kind.Name}; {kind.Cure}"
                : $"{prefix}this is none of JPEG, PNG, WebP, BMP, TIFF, TGA, PBM and GIF (it starts with {Convert.ToHexStringLower(file[..Math.Min(8, file.Length)])}); convert the picture to one of them");
        }
    }

    // ImageSharp's messages have several sentences and lines.
    private static string Sentence(Exception cause)
    {
        string text = cause.Message.ReplaceLineEndings(" ");
        int end = text.IndexOf(". ", StringComparison.Ordinal);
        return (end < 0 ? text : text[..end]).TrimEnd('.');
    }
}
