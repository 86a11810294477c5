using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Bmp;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.Formats.Pbm;
using SixLabors.ImageSharp.Formats.Tga;
using SixLabors.ImageSharp.Formats.Tiff;
using SixLabors.ImageSharp.Formats.Tiff.Constants;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.PixelFormats;

namespace HandMeshEngine.ImageSharp.Tests;

/// <summary>Pictures as files of each format.</summary>
internal static class EncodedFiles
{
    /// <summary>Every format that ImageSharp decodes for us.</summary>
    public static TheoryData<string> Formats => ["webp", "bmp", "tiff", "tga", "pbm", "gif"];

    /// <summary>A picture without a pattern that compression could hide mistakes behind.</summary>
    public static Image<Rgb24> Picture(int width, int height)
    {
        var image = new Image<Rgb24>(width, height);
        image.ProcessPixelRows(rows =>
        {
            for (int y = 0; y < rows.Height; y++)
            {
                Span<Rgb24> row = rows.GetRowSpan(y);
                for (int x = 0; x < row.Length; x++)
                {
                    row[x] = new Rgb24((byte)((5 * x) + y), (byte)((3 * y) ^ x), (byte)(x * y));
                }
            }
        });
        return image;
    }

    /// <summary>A file that holds the picture, without loss but for GIF.</summary>
    public static byte[] Encode(Image image, string format)
    {
        using var stream = new MemoryStream();
        image.Save(stream, Encoder(format));
        return stream.ToArray();
    }

    /// <summary>A WebP file with one still picture as the only frame of an animation; its header may keep silent about that.</summary>
    public static byte[] AnimatedWebp(ReadOnlySpan<byte> still, int width, int height, bool isSaid)
    {
        const int riffHeader = 12;
        byte[] size = [(byte)(width - 1), 0, 0, (byte)(height - 1), 0, 0];
        byte[] frame = [0, 0, 0, 0, 0, 0, .. size, 100, 0, 0, 0, .. still[riffHeader..]];
        byte[] body =
        [
            .. "WEBP"u8, .. Chunk("VP8X"u8, [(byte)(isSaid ? 2 : 0), 0, 0, 0, .. size]), .. Chunk("ANIM"u8, [0, 0, 0, 0, 0, 0]),
            .. Chunk("ANMF"u8, frame),
        ];
        return Chunk("RIFF"u8, body);
    }

    private static byte[] Chunk(ReadOnlySpan<byte> name, ReadOnlySpan<byte> content)
    {
        byte[] pad = content.Length % 2 == 0 ? [] : [0];
        return [.. name, .. BitConverter.GetBytes(content.Length), .. content, .. pad];
    }

    private static IImageEncoder Encoder(string format) => format switch
    {
        "webp" => new WebpEncoder { FileFormat = WebpFileFormatType.Lossless },
        "bmp" => new BmpEncoder { BitsPerPixel = BmpBitsPerPixel.Pixel24 },
        "tiff" => new TiffEncoder { Compression = TiffCompression.Lzw, BitsPerPixel = TiffBitsPerPixel.Bit24 },
        "tga" => new TgaEncoder { BitsPerPixel = TgaBitsPerPixel.Pixel24 },
        "pbm" => new PbmEncoder { ColorType = PbmColorType.Rgb },
        "gif" => new GifEncoder(),
        _ => throw new ArgumentException(format),
    };
}
