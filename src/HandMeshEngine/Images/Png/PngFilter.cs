using System.Numerics;

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
        if (distance == 3)
        {
            UndoPaethRgb(row, above);
            return;
        }

        for (int i = distance; i < row.Length; i++)
        {
            row[i] += Predict(row[i - distance], above[i], above[i - distance]);
        }
    }

    /// <summary>The commonest case; the pixel to the left stays in registers.</summary>
    private static void UndoPaethRgb(Span<byte> row, ReadOnlySpan<byte> above)
    {
        byte left0 = row[0];
        byte left1 = row[1];
        byte left2 = row[2];
        for (int i = 5; i < row.Length; i += 3)
        {
            left0 = row[i - 2] += Predict(left0, above[i - 2], above[i - 5]);
            left1 = row[i - 1] += Predict(left1, above[i - 1], above[i - 4]);
            left2 = row[i] += Predict(left2, above[i], above[i - 3]);
        }
    }

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
