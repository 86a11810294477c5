namespace HandMeshEngine;

/// <summary>
/// A One-Euro filter (Casiez, Roussel, Vogel, CHI 2012) over a hand's place and, apart from it, over its shape: a low-pass filter whose
/// cutoff is <c>cutoff + beta * speed</c>, so that a hand at rest is still and a fast one lags little. docs/tracking.md 3 has what the
/// defaults still and how much they lag. Useful for what is anchored to a hand, harmful for what is controlled by it.
/// </summary>
public sealed record SmoothingOptions
{
    private const double LeastCutoff = 0.01;
    private const double MostCutoff = 1000;
    private const double MostBeta = 10_000;

    /// <summary>The defaults.</summary>
    public static SmoothingOptions Default { get; } = new();

    /// <summary>Cutoff of the place at rest, Hz.</summary>
    public double PlaceCutoff { get; init; } = 1;

    /// <summary>How much the place's cutoff grows with its speed, Hz per m/s; depth and the two directions across it each have their own speed.</summary>
    public double PlaceBeta { get; init; } = 20;

    /// <summary>Cutoff of the shape, the hand as seen from its wrist, at rest, Hz.</summary>
    public double ShapeCutoff { get; init; } = 1;

    /// <summary>How much the shape's cutoff grows with the joints' speed about the wrist, Hz per m/s.</summary>
    public double ShapeBeta { get; init; } = 20;

    /// <summary>Cutoff of the speeds themselves, Hz.</summary>
    public double SpeedCutoff { get; init; } = 1;

    /// <summary>Checks every number.</summary>
    /// <exception cref="ArgumentException">One is out of range.</exception>
    internal void Validate()
    {
        Require(PlaceCutoff, LeastCutoff, MostCutoff, nameof(PlaceCutoff));
        Require(ShapeCutoff, LeastCutoff, MostCutoff, nameof(ShapeCutoff));
        Require(SpeedCutoff, LeastCutoff, MostCutoff, nameof(SpeedCutoff));
        Require(PlaceBeta, 0, MostBeta, nameof(PlaceBeta));
        Require(ShapeBeta, 0, MostBeta, nameof(ShapeBeta));
    }

    private static void Require(double value, double least, double most, string what)
    {
        if (!(value >= least && value <= most))
        {
            throw new ArgumentException(FormattableString.Invariant($"{what} {value} must be a number from {least} to {most}"));
        }
    }
}
