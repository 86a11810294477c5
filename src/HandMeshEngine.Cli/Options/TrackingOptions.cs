namespace HandMeshEngine.Cli.Options;

/// <summary>How hands are followed through the frames of a video (docs/tracking.md).</summary>
internal sealed class TrackingOptions
{
    private readonly Option<bool> _smooth = new("--smooth") { Description = "Still the jitter of hands in a video; what moves lags a little (docs/tracking.md 3)." };

    private readonly Option<double?> _patience = new("--patience")
    {
        Description = "Seconds for which a hand that a video's frames do not show is carried on, with id, side and size, marked as predicted; 0 drops it at once. Otherwise 0.5.",
        HelpName = "S",
    };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb) => verb.AddAll(_smooth, _patience);

    /// <summary>What was given.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="hasVideo">Whether any source is a video.</param>
    /// <exception cref="ArgumentException">A value is out of range, or there is nothing to follow hands through.</exception>
    public TrackerOptions Read(ParseResult parsed, bool hasVideo)
    {
        bool smooths = parsed.GetValue(_smooth);
        double? patience = parsed.GetValue(_patience);
        if ((smooths || patience is not null) && !hasVideo)
        {
            throw new ArgumentException($"{(smooths ? "--smooth" : "--patience")} is about a video; give one, or --sequence with the folder of its frames");
        }

        if (patience is { } seconds && !(seconds is >= 0 and <= 60))
        {
            throw new ArgumentException(FormattableString.Invariant($"--patience {seconds} must be 0 to 60 seconds"));
        }

        return TrackerOptions.Default with
        {
            Patience = patience is { } given ? TimeSpan.FromSeconds(given) : TrackerOptions.Default.Patience,
            Smoothing = smooths ? SmoothingOptions.Default : null,
        };
    }
}
