using System.Runtime.Intrinsics;

namespace HandMeshEngine.Images.Png;

/// <summary>
/// Turns unfiltered rows into RGB: 16-bit samples lose their low byte (libpng's strip_16), shorter ones are scaled up to 8
/// bits, alpha and transparent colours are ignored, and a palette entry that does not exist is black.
/// </summary>
internal sealed class PngPixels
{
    private const int MaxColors = 256;
    private const int DimLimit = 1 << 14;

    private readonly byte[] _palette = new byte[3 * MaxColors];
    private byte[] _samples = [];
    private int _white = ushort.MaxValue;

    /// <summary>The largest 16-bit sample so far.</summary>
    public int Brightest { get; private set; }

    /// <summary>Forgets the picture before.</summary>
    public void Begin() => (Brightest, _white) = (0, ushort.MaxValue);

    /// <summary>Whether the picture holds 16-bit grey whose upper bits are empty, as sensors with 10 to 12 bits store it.</summary>
    public bool IsDim(PngHeader header) => header is { BitDepth: 16, Channels: 1 or 2 } && Brightest is > 0 and < DimLimit;

    /// <summary>From now on the largest sample is white.</summary>
    public void Stretch() => _white = Brightest;

    /// <summary>Sets the palette.</summary>
    /// <param name="colors">RGB triples, at most 256.</param>
    public void SetPalette(ReadOnlySpan<byte> colors)
    {
        _palette.AsSpan().Clear();
        colors.CopyTo(_palette);
    }

    /// <summary>Converts one row.</summary>
    /// <param name="header">The kind of pixels.</param>
    /// <param name="row">The row's bytes.</param>
    /// <param name="output">RGB, three bytes a pixel.</param>
    public void Convert(PngHeader header, ReadOnlySpan<byte> row, Span<byte> output)
    {
        ReadOnlySpan<byte> samples = ToBytes(header, row, output.Length / 3 * header.Channels);
        switch (header.Channels)
        {
            case 1 when header.HasPalette:
                for (int x = 0; x < samples.Length; x++)
                {
                    _palette.AsSpan(3 * samples[x], 3).CopyTo(output[(3 * x)..]);
                }

                break;
            case 1:
                Spread(samples, output);
                break;
            case 2:
                for (int x = 0; 2 * x < samples.Length; x++)
                {
                    output.Slice(3 * x, 3).Fill(samples[2 * x]);
                }

                break;
            case 3:
                samples.CopyTo(output);
                break;
            default:
                for (int x = 0; 4 * x < samples.Length; x++)
                {
                    samples.Slice(4 * x, 3).CopyTo(output[(3 * x)..]);
                }

                break;
        }
    }

    private static void Spread(ReadOnlySpan<byte> grey, Span<byte> output)
    {
        int x = 0;
        for (; x <= grey.Length - RgbRows.Step; x += RgbRows.Step)
        {
            Vector128<byte> level = Vector128.Create(grey[x..]);
            RgbRows.Store(level, level, level, output[(3 * x)..]);
        }

        for (; x < grey.Length; x++)
        {
            output.Slice(3 * x, 3).Fill(grey[x]);
        }
    }

    /// <summary>The row's samples, one byte each.</summary>
    private ReadOnlySpan<byte> ToBytes(PngHeader header, ReadOnlySpan<byte> row, int count)
    {
        if (header.BitDepth == 8)
        {
            return row;
        }

        if (_samples.Length < count)
        {
            _samples = new byte[count];
        }

        Span<byte> samples = _samples.AsSpan(0, count);
        if (header.BitDepth == 16)
        {
            for (int i = 0; i < samples.Length; i++)
            {
                int sample = BinaryPrimitives.ReadUInt16BigEndian(row[(2 * i)..]);
                Brightest = Math.Max(Brightest, sample);
                samples[i] = _white == ushort.MaxValue ? row[2 * i] : (byte)Math.Min(255, ((sample * 255) + (_white / 2)) / _white);
            }

            return samples;
        }

        int depth = header.BitDepth;
        int perByte = 8 / depth;
        int largest = (1 << depth) - 1;
        int scale = header.HasPalette ? 1 : 255 / largest;
        for (int i = 0; i < samples.Length; i++)
        {
            int shift = 8 - depth - (i % perByte * depth);
            samples[i] = (byte)(((row[i / perByte] >> shift) & largest) * scale);
        }

        return samples;
    }
}
