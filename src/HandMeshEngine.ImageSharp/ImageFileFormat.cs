using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Bmp;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.Formats.Pbm;
using SixLabors.ImageSharp.Formats.Tga;
using SixLabors.ImageSharp.Formats.Tiff;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;

namespace HandMeshEngine.ImageSharp;

/// <summary>A file format that ImageSharp decodes here, with the one decoder that may see such a file.</summary>
internal sealed class ImageFileFormat
{
    private const int TgaHeader = 18;

    private readonly Func<IImageDecoder> _decoder;
    private readonly Func<IConfigurationModule> _module;

    private ImageFileFormat(string name, Func<IConfigurationModule> module, Func<IImageDecoder> decoder) =>
        (Name, _module, _decoder) = (name, module, decoder);

    /// <summary>For messages.</summary>
    public string Name { get; }

    /// <summary>A configuration that knows no other format.</summary>
    public Configuration NewConfiguration() => new(_module());

    /// <summary>The decoder; of a file with several frames it reads the first.</summary>
    public IImageDecoder NewDecoder() => _decoder();

    private static readonly ImageFileFormat _webp = new("WebP", () => new WebpConfigurationModule(), () => new WebpDecoder());
    private static readonly ImageFileFormat _bmp = new("BMP", () => new BmpConfigurationModule(), () => new BmpDecoder());
    private static readonly ImageFileFormat _tiff = new("TIFF", () => new TiffConfigurationModule(), NewTiffDecoder);
    private static readonly ImageFileFormat _tga = new("TGA", () => new TgaConfigurationModule(), () => new TgaDecoder());
    private static readonly ImageFileFormat _pbm = new("PBM", () => new PbmConfigurationModule(), () => new PbmDecoder());
    private static readonly ImageFileFormat _gif = new("GIF", () => new GifConfigurationModule(), () => new GifDecoder { DecodingMode = FrameDecodingMode.First });

    /// <summary>The format of a file by its first bytes, or null. TGA has no signature: its header must make sense.</summary>
    public static ImageFileFormat? Of(ReadOnlySpan<byte> file) =>
        file.StartsWith("RIFF"u8) && file.Length >= 12 && file[8..12].SequenceEqual("WEBP"u8) ? _webp
        : file.StartsWith("GIF87a"u8) || file.StartsWith("GIF89a"u8) ? _gif
        : file.StartsWith("II*\0"u8) || file.StartsWith("MM\0*"u8) ? _tiff
        : file.StartsWith("BM"u8) ? _bmp
        : file.Length > 2 && file[0] == 'P' && file[1] is >= (byte)'1' and <= (byte)'6' && char.IsWhiteSpace((char)file[2]) ? _pbm
        : IsTga(file) ? _tga
        : null;

    // Colour map flag, image type, and bits of a pixel are the only bytes of the header with few legal values.
    private static bool IsTga(ReadOnlySpan<byte> file) => file.Length >= TgaHeader
        && file[1] <= 1 && file[2] is 1 or 2 or 3 or 9 or 10 or 11 && file[16] is 8 or 15 or 16 or 24 or 32 && (file[12] | file[13]) != 0 && (file[14] | file[15]) != 0;

    private static IImageDecoder NewTiffDecoder()
    {
        // Compiled ahead of time, a program has only the array types that are named in it, and this decoder lists that enumeration's values.
        GC.KeepAlive(Array.Empty<ExifDataType>());
        return new TiffDecoder { DecodingMode = FrameDecodingMode.First };
    }
}
