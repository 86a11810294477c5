namespace HandMeshEngine;

/// <summary>How a <see cref="HandTracker"/> follows hands (docs/tracking.md).</summary>
public sealed record TrackerOptions
{
    private const double LeastRate = 0.1;
    private const double MostRate = 10_000;

    /// <summary>The defaults.</summary>
    public static TrackerOptions Default { get; } = new();

    /// <summary>
    /// How long a hand that is not seen is carried on: it keeps its id, side and size, and its results say
    /// <see cref="PlacementFlags.Predicted"/>. Zero drops it with the first frame that does not show it; at most a minute.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Frames a second of a video whose frames come without times.</summary>
    public double FrameRate { get; init; } = 30;

    /// <summary>How to still the jitter, at the price of a lag (docs/tracking.md 3); null leaves every frame as it was seen.</summary>
    public SmoothingOptions? Smoothing { get; init; }

    /// <summary>
    /// For systems behind a box (<see cref="HandSystem.TakesBox"/>): how long their own last mesh may say where the hand is before the
    /// landmark network looks again, which also says whether there still is one; at most a minute. Zero, the default, lets it look at every frame.
    /// </summary>
    public TimeSpan BoxFromMesh { get; init; }

    /// <summary>Checks every number.</summary>
    /// <exception cref="ArgumentException">One is out of range.</exception>
    internal void Validate()
    {
        RequireMinute(Patience, nameof(Patience));
        RequireMinute(BoxFromMesh, nameof(BoxFromMesh));
        if (!(FrameRate is >= LeastRate and <= MostRate))
        {
            throw new ArgumentException(FormattableString.Invariant($"{FrameRate} frames a second must be a number from {LeastRate} to {MostRate}"));
        }

        Smoothing?.Validate();
    }

    private static void RequireMinute(TimeSpan time, string what)
    {
        if (time < TimeSpan.Zero || time > TimeSpan.FromMinutes(1))
        {
            throw new ArgumentException(FormattableString.Invariant($"{what} is {time.TotalSeconds} s; it must be 0 to 60 s"));
        }
    }
}
