namespace HandMeshEngine.Evaluation.Metrics;

/// <summary>
/// A confusion matrix of hand and background pixels, which may be summed over images: the mean of the hand's and the background's
/// intersection over union is <see cref="ClassMean"/> (docs/evaluation.md, Silhouettes).
/// </summary>
/// <param name="Both">Hand in truth and estimate.</param>
/// <param name="OnlyTruth">Hand in the truth alone.</param>
/// <param name="OnlyEstimate">Hand in the estimate alone.</param>
/// <param name="Neither">Background in both.</param>
public readonly record struct SilhouetteCounts(long Both, long OnlyTruth, long OnlyEstimate, long Neither)
{
    /// <summary>Pixels that are hand in at least one mask.</summary>
    public long Union => Both + OnlyTruth + OnlyEstimate;

    /// <summary>Mean of the intersection over union of hand and of background, 0 to 1; a class without pixels counts as 1.</summary>
    public double ClassMean => (Share(Both, Union) + Share(Neither, Neither + OnlyTruth + OnlyEstimate)) / 2;

    /// <summary>Counts of two images together.</summary>
    public static SilhouetteCounts operator +(SilhouetteCounts a, SilhouetteCounts b) =>
        new(a.Both + b.Both, a.OnlyTruth + b.OnlyTruth, a.OnlyEstimate + b.OnlyEstimate, a.Neither + b.Neither);

    /// <summary>Counts one image.</summary>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static SilhouetteCounts Of(Silhouette truth, Silhouette estimate)
    {
        RequireSameSize(truth, estimate);
        long both = 0, onlyTruth = 0, onlyEstimate = 0, neither = 0;
        for (int y = 0; y < truth.Height; y++)
        {
            ReadOnlySpan<bool> a = truth.Row(y), b = estimate.Row(y);
            for (int x = 0; x < a.Length; x++)
            {
                both += a[x] && b[x] ? 1 : 0;
                onlyTruth += a[x] && !b[x] ? 1 : 0;
                onlyEstimate += !a[x] && b[x] ? 1 : 0;
                neither += !a[x] && !b[x] ? 1 : 0;
            }
        }

        return new SilhouetteCounts(both, onlyTruth, onlyEstimate, neither);
    }

    internal static void RequireSameSize(Silhouette truth, Silhouette estimate)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(estimate);
        if (truth.Width != estimate.Width || truth.Height != estimate.Height)
        {
            throw new ArgumentException($"a mask of {estimate.Width}x{estimate.Height} cannot be compared with one of {truth.Width}x{truth.Height}");
        }
    }

    private static double Share(long part, long whole) => whole == 0 ? 1 : (double)part / whole;
}
