namespace HandMeshEngine.Compute.Backends.Cuda;

/// <summary>Rows of a stored frame, from the first to before the end; empty where both are equal.</summary>
internal readonly record struct RowRange(int First, int End)
{
    // Taps lie up to two pixels from a position, positions of OpenCV's samplings are rounded, and chroma has half the rows.
    private const int Margin = 4;

    /// <summary>Whether it holds no row.</summary>
    public bool IsEmpty => End <= First;

    /// <summary>The stored rows that a warp reads.</summary>
    /// <param name="matrices">Matrices [n, 3, 3] from output pixels to upright image positions.</param>
    /// <param name="op">The warp.</param>
    /// <param name="image">The frame; with a lens all its rows count.</param>
    public static RowRange Reached(ReadOnlySpan<double> matrices, WarpNormalizeOp op, ImageView image)
    {
        var all = new RowRange(0, image.StoredHeight);
        if (image.Projection is not null)
        {
            return all;
        }

        PixelMap map = PixelMap.ToStored(image.Orientation, image.StoredWidth, image.StoredHeight);
        RowRange reached = default;
        for (; matrices.Length >= 9; matrices = matrices[9..])
        {
            double low = double.PositiveInfinity, high = double.NegativeInfinity;
            for (int corner = 0; corner < 4; corner++)
            {
                double x = (corner & 1) * (op.Width - 1), y = (corner >> 1) * (op.Height - 1);
                double w = (matrices[6] * x) + (matrices[7] * y) + matrices[8];
                double u = ((matrices[0] * x) + (matrices[1] * y) + matrices[2]) / w;
                double v = ((matrices[3] * x) + (matrices[4] * y) + matrices[5]) / w;
                double row = (map.Yu * u) + (map.Yv * v) + map.Y0;
                if (!(w > 0) || !double.IsFinite(row))
                {
                    return all; // what lies between the corners is not what lies between their images
                }

                (low, high) = (Math.Min(low, row), Math.Max(high, row));
            }

            // Beyond the image, the border repeats its outermost rows.
            int last = image.StoredHeight - 1;
            int first = (int)Math.Clamp(Math.Floor(low) - Margin, 0, last), end = (int)Math.Clamp(Math.Ceiling(high) + Margin, 0, last) + 1;
            reached = reached.Around(new RowRange(first, end));
        }

        return reached;
    }

    /// <summary>The rows of a plane, which may have fewer, that belong to these of the frame.</summary>
    public RowRange OfPlane(int rows, int frameRows) =>
        rows == frameRows ? this : new((int)((long)First * rows / frameRows), Math.Min(rows, (int)((((long)End * rows) + frameRows - 1) / frameRows) + 1));

    /// <summary>Both, and what lies between them.</summary>
    public RowRange Around(RowRange other) =>
        IsEmpty ? other : other.IsEmpty ? this : new(Math.Min(First, other.First), Math.Max(End, other.End));

    /// <summary>What must be added to <paramref name="held"/> to hold these rows too, without a gap.</summary>
    public Missing Without(RowRange held)
    {
        if (held.IsEmpty)
        {
            return new(this, default);
        }

        return new(new RowRange(First, Math.Min(held.First, Math.Max(First, held.First))), new RowRange(held.End, Math.Max(held.End, End)));
    }

    /// <summary>At most two ranges.</summary>
    internal struct Missing(RowRange before, RowRange behind)
    {
        private int _next;

        public RowRange Current { get; private set; }

        public readonly Missing GetEnumerator() => this;

        public bool MoveNext()
        {
            while (_next < 2)
            {
                Current = _next++ == 0 ? before : behind;
                if (!Current.IsEmpty)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
