using HandMeshEngine.Compute;
using HandMeshEngine.Images;

namespace HandMeshEngine.Bench.Frames;

/// <summary>One picture of 1920x1080 pixels in the formats that cameras deliver.</summary>
internal sealed class FullHdFrame
{
    public const int Width = 1920, Height = 1080;

    private readonly byte[] _rgb = new byte[Width * Height * 3], _bgra = new byte[Width * Height * 4], _yuyv = new byte[Width * Height * 2];
    private readonly byte[] _y = new byte[Width * Height], _cbcr = new byte[Width * Height / 2];

    /// <summary>The photo as high as the frame and in its middle; the rest is grey.</summary>
    public FullHdFrame(RgbImage photo)
    {
        double scale = (double)photo.Height / Height;
        int margin = (Width - (int)(photo.Width / scale)) / 2;
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                int from = (int)((x - margin + 0.5) * scale);
                int at = (y * Width) + x;
                Span<byte> pixel = _rgb.AsSpan(3 * at, 3);
                pixel.Fill(128);
                if (from >= 0 && from < photo.Width)
                {
                    photo.Pixels.Slice(3 * (((int)((y + 0.5) * scale) * photo.Width) + from), 3).CopyTo(pixel);
                }

                (_bgra[4 * at], _bgra[(4 * at) + 1], _bgra[(4 * at) + 2]) = (pixel[2], pixel[1], pixel[0]);
                Encode(pixel, x, y);
            }
        }
    }

    /// <summary>The formats by name.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["Rgb", "Bgra", "Nv12", "Yuyv"];

    /// <summary>The frame in one of <see cref="Formats"/>.</summary>
    public ImageView View(string format) => format switch
    {
        "Rgb" => new ImageView(_rgb, Width, Height, Width * 3, PixelFormat.Rgb),
        "Bgra" => new ImageView(_bgra, Width, Height, Width * 4, PixelFormat.Bgra),
        "Nv12" => ImageView.Nv12(_y, Width, _cbcr, Width, Width, Height),
        _ => new ImageView(_yuyv, Width, Height, Width * 2, PixelFormat.Yuyv),
    };

    // BT.601, limited range (docs/frames.md); the chroma of every second pixel stands for its neighbours.
    private void Encode(ReadOnlySpan<byte> rgb, int x, int y)
    {
        double r = rgb[0] / 255.0, g = rgb[1] / 255.0, b = rgb[2] / 255.0;
        double luma = (0.299 * r) + (0.587 * g) + (0.114 * b);
        byte cb = (byte)Math.Round(128 + (224 * (b - luma) / 1.772)), cr = (byte)Math.Round(128 + (224 * (r - luma) / 1.402));
        byte l = (byte)Math.Round(16 + (219 * luma));
        int at = (y * Width) + x;
        (_y[at], _yuyv[2 * at]) = (l, l);
        if (x % 2 == 0)
        {
            (_yuyv[(2 * at) + 1], _yuyv[(2 * at) + 3]) = (cb, cr);
            if (y % 2 == 0)
            {
                int pair = (y / 2 * Width) + x;
                (_cbcr[pair], _cbcr[pair + 1]) = (cb, cr);
            }
        }
    }
}
