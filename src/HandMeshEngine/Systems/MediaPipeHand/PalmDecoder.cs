namespace HandMeshEngine.Systems.MediaPipeHand;

/// <summary>
/// Turns the palm detector's raw outputs into palms in image pixels: anchors, sigmoid, weighted non-maximum suppression,
/// letterbox undone (docs/systems/mediapipe-hand.md 4). Reuses its buffers: one caller at a time.
/// </summary>
internal sealed class PalmDecoder
{
    /// <summary>Numbers of a raw box: x, y, w, h, then 7 key points.</summary>
    public const int Coordinates = 18;

    /// <summary>Palms below are left out on the first look (4).</summary>
    public const double LeastScore = 0.5;

    private const int InputSize = PalmDetector.InputSize;
    private const int AnchorCount = PalmDetector.AnchorCount;
    private const int FirstKeyPoint = 4;
    private const double SamePalm = 0.3;
    private const double LargestLogit = 100;

    private static readonly Comparison<Candidate> _bestFirst = static (a, b) =>
        a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Row.CompareTo(b.Row);

    private readonly Candidate[] _candidates = new Candidate[AnchorCount];
    private readonly double[] _decoded = new double[AnchorCount * Coordinates]; // corners, then key points, of the unit square
    private readonly double[] _palms = new double[AnchorCount * Coordinates];
    private readonly double[] _scores = new double[AnchorCount];

    /// <summary>Number of palms found by the last call, best score first.</summary>
    public int Count { get; private set; }

    /// <summary>Score of a palm, 0 to 1.</summary>
    public float Score(int palm) => (float)_scores[palm];

    /// <summary>xmin, ymin, xmax, ymax, then 7 key points (x, y), image pixels.</summary>
    public ReadOnlySpan<double> Palm(int palm) => _palms.AsSpan(palm * Coordinates, Coordinates);

    /// <summary>Where the landmark network should look for the hand of a palm (4.1).</summary>
    public Crop Crop(int palm)
    {
        ReadOnlySpan<double> p = Palm(palm);
        return HandCrops.FromPalm(
            p[0], p[1], p[2], p[3], new Vector2((float)p[4], (float)p[5]), new Vector2((float)p[8], (float)p[9]));
    }

    /// <summary>Decodes one image's outputs.</summary>
    /// <param name="boxes">[2016, 18], raw.</param>
    /// <param name="scores">[2016], logits.</param>
    /// <param name="imageWidth">Pixels.</param>
    /// <param name="imageHeight">Pixels.</param>
    /// <returns>How many palms were found.</returns>
    public int Decode(ReadOnlySpan<float> boxes, ReadOnlySpan<float> scores, int imageWidth, int imageHeight)
    {
        double side = Math.Max(imageWidth, imageHeight);
        return Decode(boxes, scores, -(side - imageWidth) / 2, -(side - imageHeight) / 2, side, LeastScore);
    }

    /// <summary>Decodes the outputs for an upright square of an image.</summary>
    /// <param name="boxes">[2016, 18], raw.</param>
    /// <param name="scores">[2016], logits.</param>
    /// <param name="left">The square's left edge, image pixels.</param>
    /// <param name="top">Its top edge.</param>
    /// <param name="side">Its side.</param>
    /// <param name="leastScore">Palms below are left out.</param>
    /// <returns>How many palms were found.</returns>
    public int Decode(ReadOnlySpan<float> boxes, ReadOnlySpan<float> scores, double left, double top, double side, double leastScore)
    {
        Span<Candidate> rest = _candidates.AsSpan(0, Collect(boxes, scores, leastScore));
        rest.Sort(_bestFirst);
        Count = 0;
        while (!rest.IsEmpty)
        {
            rest = TakeCluster(rest);
        }

        for (int i = 0; i < Count * Coordinates; i += 2)
        {
            _palms[i] = (_palms[i] * side) + left;
            _palms[i + 1] = (_palms[i + 1] * side) + top;
        }

        return Count;
    }

    private int Collect(ReadOnlySpan<float> boxes, ReadOnlySpan<float> scores, double leastScore)
    {
        int found = 0;
        for (int anchor = 0; anchor < AnchorCount; anchor++)
        {
            double score = 1 / (1 + Math.Exp(-Math.Clamp((double)scores[anchor], -LargestLogit, LargestLogit)));
            ReadOnlySpan<float> raw = boxes.Slice(anchor * Coordinates, Coordinates);
            if (!(score >= leastScore) || !(raw[2] >= 0) || !(raw[3] >= 0))
            {
                continue;
            }

            (double ax, double ay) = AnchorCentre(anchor);
            Span<double> to = _decoded.AsSpan(found * Coordinates, Coordinates);
            double x = (raw[0] / (double)InputSize) + ax, y = (raw[1] / (double)InputSize) + ay;
            double halfWidth = raw[2] / (2.0 * InputSize), halfHeight = raw[3] / (2.0 * InputSize);
            (to[0], to[1], to[2], to[3]) = (x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight);
            for (int i = FirstKeyPoint; i < Coordinates; i += 2)
            {
                to[i] = (raw[i] / (double)InputSize) + ax;
                to[i + 1] = (raw[i + 1] / (double)InputSize) + ay;
            }

            _candidates[found] = new Candidate(score, found);
            found++;
        }

        return found;
    }

    // The best candidate and everything that overlaps it become one palm: the score-weighted mean of their coordinates.
    private Span<Candidate> TakeCluster(Span<Candidate> left)
    {
        ReadOnlySpan<double> best = Decoded(left[0].Row);
        _scores[Count] = left[0].Score; // read before the rest moves up over it
        Span<double> palm = _palms.AsSpan(Count * Coordinates, Coordinates);
        palm.Clear();
        double total = 0;
        int kept = 0;
        for (int i = 0; i < left.Length; i++)
        {
            ReadOnlySpan<double> other = Decoded(left[i].Row);
            if (i > 0 && !(Overlap(best, other) > SamePalm))
            {
                left[kept++] = left[i];
                continue;
            }

            total += left[i].Score;
            for (int c = 0; c < Coordinates; c++)
            {
                palm[c] += left[i].Score * other[c];
            }
        }

        foreach (ref double coordinate in palm)
        {
            coordinate /= total;
        }

        Count++;
        return left[..kept];
    }

    private ReadOnlySpan<double> Decoded(int row) => _decoded.AsSpan(row * Coordinates, Coordinates);

    private static (double X, double Y) AnchorCentre(int anchor)
    {
        const int fine = 24 * 24 * 2;
        (int cells, int cell) = anchor < fine ? (24, anchor / 2) : (12, (anchor - fine) / 6);
        return (((cell % cells) + 0.5) / cells, ((cell / cells) + 0.5) / cells);
    }

    private static double Overlap(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double width = Math.Min(a[2], b[2]) - Math.Max(a[0], b[0]);
        double height = Math.Min(a[3], b[3]) - Math.Max(a[1], b[1]);
        double shared = Math.Max(width, 0) * Math.Max(height, 0);
        double union = ((a[2] - a[0]) * (a[3] - a[1])) + ((b[2] - b[0]) * (b[3] - b[1])) - shared;
        return union > 0 ? shared / union : 0;
    }

    private readonly record struct Candidate(double Score, int Row);
}
