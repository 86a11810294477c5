using System.IO.Compression;
using HandMeshEngine.Images.Png;

namespace HandMeshEngine.Images;

/// <summary>Writes images as 8-bit RGB PNG files, quickly rather than small.</summary>
public static class PngEncoder
{
    private const int ChunkOverhead = 12;
    private const int Channels = 3;

    /// <summary>Where the content of the first chunk behind the header begins, with its name.</summary>
    internal const int MarkOffset = 8 + 25 + 4;

    /// <summary>What tells a drawing from a photo: a text chunk at its beginning.</summary>
    internal static ReadOnlySpan<byte> Mark => "tEXtSoftware\0handmesh drawing"u8;

    /// <summary>The whole file. Thread-safe as long as nobody writes to the image.</summary>
    public static byte[] Encode(RgbImage image) => Encode(image, isDrawing: false);

    /// <summary>The whole file, marked as a drawing or not.</summary>
    internal static byte[] Encode(RgbImage image, bool isDrawing)
    {
        ArgumentNullException.ThrowIfNull(image);
        using MemoryStream file = new(image.Pixels.Length / 2);
        file.Write(PngChunks.Signature);
        WriteChunk(file, "IHDR"u8, body =>
        {
            Span<byte> header = stackalloc byte[13];
            BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
            BinaryPrimitives.WriteInt32BigEndian(header[4..], image.Height);
            header[8] = 8; // bits
            header[9] = 2; // RGB
            header[10..].Clear(); // the only compression, the only filter method, no interlace
            body.Write(header);
        });
        if (isDrawing)
        {
            WriteChunk(file, Mark[..4], body => body.Write(Mark[4..]));
        }

        WriteChunk(file, "IDAT"u8, body => Compress(image, body));
        WriteChunk(file, "IEND"u8, _ => { });
        return file.ToArray();
    }

    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> name, Action<Stream> writeContent)
    {
        int start = (int)file.Position;
        Span<byte> number = stackalloc byte[4];
        file.Write(number);
        file.Write(name);
        writeContent(file);
        int length = (int)file.Position - start - ChunkOverhead + number.Length;
        Span<byte> chunk = file.GetBuffer().AsSpan(start, (int)file.Position - start);
        BinaryPrimitives.WriteInt32BigEndian(chunk, length);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Compute(chunk[4..]));
        file.Write(number);
    }

    /// <summary>Filters each row by the left or the upper neighbour, whichever leaves less, and deflates.</summary>
    private static void Compress(RgbImage image, Stream output)
    {
        int rowBytes = image.Width * Channels;
        byte[] left = new byte[1 + rowBytes];
        byte[] up = new byte[1 + rowBytes];
        byte[] zeros = new byte[rowBytes];
        left[0] = PngFilter.Sub;
        up[0] = PngFilter.Up;
        using ZLibStream zlib = new(output, CompressionLevel.Fastest, leaveOpen: true);
        for (int y = 0; y < image.Height; y++)
        {
            ReadOnlySpan<byte> row = image.Row(y);
            ReadOnlySpan<byte> above = y == 0 ? zeros : image.Row(y - 1);
            row[..Channels].CopyTo(left.AsSpan(1));
            long leftCost = Subtract(row[Channels..], row, left.AsSpan(1 + Channels));
            long upCost = Subtract(row, above, up.AsSpan(1));
            zlib.Write(leftCost < upCost ? left : up);
        }
    }

    /// <summary>Differences modulo 256, and the sum of their sizes as signed numbers: a guess at how well they deflate.</summary>
    private static long Subtract(ReadOnlySpan<byte> row, ReadOnlySpan<byte> neighbor, Span<byte> output)
    {
        Vector<uint> sums = Vector<uint>.Zero;
        int i = 0;
        for (; i <= row.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector<byte> difference = new Vector<byte>(row[i..]) - new Vector<byte>(neighbor[i..]);
            difference.CopyTo(output[i..]);
            Vector<byte> size = Vector.Min(difference, Vector<byte>.Zero - difference);
            Vector.Widen(size, out Vector<ushort> low, out Vector<ushort> high);
            Vector.Widen(low + high, out Vector<uint> lower, out Vector<uint> upper);
            sums += lower + upper;
        }

        long cost = Vector.Sum(sums);
        for (; i < row.Length; i++)
        {
            output[i] = (byte)(row[i] - neighbor[i]);
            cost += Math.Min(output[i], (byte)-output[i]);
        }

        return cost;
    }
}
