using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace HandMeshEngine.Images.Png;

/// <summary>Undoes the five row filters of PNG (specification, section 9).</summary>
internal static class PngFilter
{
    /// <summary>Differences from the pixel to the left.</summary>
    public const byte Sub = 1;

    /// <summary>Differences from the pixel above.</summary>
    public const byte Up = 2;

    private const byte None = 0;
    private const byte Average = 3;
    private const byte Paeth = 4;

    /// <summary>Undoes a filter in place.</summary>
    /// <param name="filter">The row's filter byte.</param>
    /// <param name="row">The row's bytes.</param>
    /// <param name="above">The finished row before, zeros ahead of the first; as long as the row.</param>
    /// <param name="distance">Bytes from pixel to pixel; the row has at least as many.</param>
    /// <returns>False if there is no such filter.</returns>
    public static bool Undo(byte filter, Span<byte> row, ReadOnlySpan<byte> above, int distance)
    {
        above = above[..row.Length];
        switch (filter)
        {
            case None:
                return true;
            case Sub:
                for (int i = distance; i < row.Length; i++)
                {
                    row[i] += row[i - distance];
                }

                return true;
            case Up:
                UndoUp(row, above);
                return true;
            case Average:
                UndoAverage(row, above, distance);
                return true;
            case Paeth:
                UndoPaeth(row, above, distance);
                return true;
            default:
                return false;
        }
    }

    private static void UndoUp(Span<byte> row, ReadOnlySpan<byte> above)
    {
        int i = 0;
        for (; i <= row.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            (new Vector<byte>(row[i..]) + new Vector<byte>(above[i..])).CopyTo(row[i..]);
        }

        for (; i < row.Length; i++)
        {
            row[i] += above[i];
        }
    }

    private static void UndoAverage(Span<byte> row, ReadOnlySpan<byte> above, int distance)
    {
        for (int i = 0; i < distance; i++)
        {
            row[i] += (byte)(above[i] >> 1);
        }

        for (int i = distance; i < row.Length; i++)
        {
            row[i] += (byte)((row[i - distance] + above[i]) >> 1);
        }
    }

    private static void UndoPaeth(Span<byte> row, ReadOnlySpan<byte> above, int distance)
    {
        // Left of the row everything is zero, and the predictor is then the byte above.
        UndoUp(row[..distance], above[..distance]);
        int done = distance is 3 or 4 && row.Length >= sizeof(uint) ? UndoPaethByPixel(row, above, distance) : distance;
        for (int i = done; i < row.Length; i++)
        {
            row[i] += Predict(row[i - distance], above[i], above[i - distance]);
        }
    }

    /// <summary>Pixels of three or four bytes, all bytes of a pixel at once: three times as fast as one by one.</summary>
    /// <returns>Bytes that are finished; at most a pixel is left over.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int UndoPaethByPixel(Span<byte> row, ReadOnlySpan<byte> above, int distance)
    {
        Vector128<short> left = LoadPixel(row);
        Vector128<short> corner = LoadPixel(above);
        int i = distance;
        for (; i + sizeof(uint) <= row.Length; i += distance)
        {
            Vector128<short> up = LoadPixel(above[i..]);
            Vector128<short> fromCornerUp = up - corner;
            Vector128<short> fromCornerLeft = left - corner;
            Vector128<short> toLeft = Vector128.Abs(fromCornerUp);
            Vector128<short> toUp = Vector128.Abs(fromCornerLeft);
            Vector128<short> toCorner = Vector128.Abs(fromCornerUp + fromCornerLeft);
            Vector128<short> least = Vector128.Min(Vector128.Min(toLeft, toUp), toCorner);
            Vector128<short> nearest = Vector128.ConditionalSelect(
                Vector128.Equals(least, toLeft),
                left,
                Vector128.ConditionalSelect(Vector128.Equals(least, toUp), up, corner));
            left = (LoadPixel(row[i..]) + nearest) & Vector128.Create((short)0xff);
            corner = up;
            uint pixel = Vector128.Narrow(left.AsUInt16(), left.AsUInt16()).AsUInt32().ToScalar();
            MemoryMarshal.Write(row[i..], (ushort)pixel);
            row[i + 2] = (byte)(pixel >> 16);
            if (distance == sizeof(uint))
            {
                row[i + 3] = (byte)(pixel >> 24);
            }
        }

        return i;
    }

    /// <summary>Four bytes as numbers; behind a pixel of three comes one that does not matter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> LoadPixel(ReadOnlySpan<byte> bytes) =>
        Vector128.WidenLower(Vector128.CreateScalar(MemoryMarshal.Read<uint>(bytes)).AsByte()).AsInt16();

    /// <summary>The neighbour that is nearest to left + above - corner, the first of them on a tie.</summary>
    private static byte Predict(int left, int above, int corner)
    {
        int toLeft = Math.Abs(above - corner);
        int toAbove = Math.Abs(left - corner);
        int toCorner = Math.Abs(left + above - corner - corner);
        int nearer = toLeft <= toAbove ? left : above;
        return (byte)(Math.Min(toLeft, toAbove) <= toCorner ? nearer : corner);
    }
}
