namespace HandMeshEngine.Evaluation.Metrics;

/// <summary>A mask of hand pixels, row by row (docs/evaluation.md, Silhouettes).</summary>
public sealed class Silhouette
{
    private readonly bool[] _pixels;

    /// <summary>An empty mask.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is not positive.</exception>
    public Silhouette(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        (Width, Height) = (width, height);
        _pixels = new bool[checked(width * height)];
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>True if no pixel is hand.</summary>
    public bool IsEmpty => !_pixels.AsSpan().Contains(true);

    /// <summary>Whether a pixel is hand; outside the picture it is not.</summary>
    public bool this[int x, int y]
    {
        get => (uint)x < (uint)Width && (uint)y < (uint)Height && _pixels[(y * Width) + x];
        set => _pixels[(y * Width) + x] = value;
    }

    /// <summary>Hand pixels, row by row.</summary>
    public Span<bool> Row(int y) => _pixels.AsSpan(y * Width, Width);

    /// <summary>Intersection over union of the hand pixels; null if both masks are empty.</summary>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static double? IntersectionOverUnion(Silhouette truth, Silhouette estimate)
    {
        SilhouetteCounts counts = SilhouetteCounts.Of(truth, estimate);
        return counts.Union == 0 ? null : (double)counts.Both / counts.Union;
    }

    /// <summary>
    /// Hausdorff distance of the rims: the distances from every rim pixel of each mask to the nearest of the other, both directions
    /// together, at a percentile with linear interpolation; pixels. With one mask empty it is the picture's diagonal, with both null.
    /// </summary>
    /// <param name="truth">A mask.</param>
    /// <param name="estimate">A mask of the same size.</param>
    /// <param name="percent">0 to 100; 95 is usual, 100 the plain Hausdorff distance.</param>
    /// <exception cref="ArgumentException">The sizes differ, or the percentile is out of range.</exception>
    public static double? Hausdorff(Silhouette truth, Silhouette estimate, double percent = 95)
    {
        SilhouetteCounts.RequireSameSize(truth, estimate);
        if (!(percent is >= 0 and <= 100))
        {
            throw new ArgumentException(FormattableString.Invariant($"{percent} is no percentile; give 0 to 100"));
        }

        (int X, int Y)[] rimOfTruth = truth.Rim(), rimOfEstimate = estimate.Rim();
        if (rimOfTruth.Length == 0 || rimOfEstimate.Length == 0)
        {
            return rimOfTruth.Length == rimOfEstimate.Length ? null : Math.Sqrt(((double)truth.Width * truth.Width) + ((double)truth.Height * truth.Height));
        }

        double[] distances = [.. ToNearest(rimOfTruth, rimOfEstimate), .. ToNearest(rimOfEstimate, rimOfTruth)];
        Array.Sort(distances);
        double rank = (distances.Length - 1) * percent / 100;
        int below = (int)rank;
        double above = distances[Math.Min(below + 1, distances.Length - 1)];
        return distances[below] + ((rank - below) * (above - distances[below]));
    }

    /// <summary>Hand pixels with a neighbour above, below, left or right that is not hand or lies outside the picture.</summary>
    public (int X, int Y)[] Rim()
    {
        var rim = new List<(int X, int Y)>();
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                if (this[x, y] && !(this[x - 1, y] && this[x + 1, y] && this[x, y - 1] && this[x, y + 1]))
                {
                    rim.Add((x, y));
                }
            }
        }

        return [.. rim];
    }

    private static IEnumerable<double> ToNearest((int X, int Y)[] from, (int X, int Y)[] to) => from.Select(a =>
    {
        long least = long.MaxValue;
        foreach ((int x, int y) in to)
        {
            long dx = a.X - x, dy = a.Y - y;
            least = Math.Min(least, (dx * dx) + (dy * dy));
        }

        return Math.Sqrt(least);
    });
}
