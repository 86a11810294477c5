namespace HandMeshEngine.Bench.Accuracy;

/// <summary>Angles of a hand's joints, radians; 0 is the rig's open hand.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Thumb">The metacarpal across the palm and away from it, then the two joints that bend.</param>
/// <param name="Bends">[4, 3] index to little: knuckle, middle and last joint, toward the palm.</param>
/// <param name="Spread">Between the fingers.</param>
internal sealed record HandPose(string Name, double[] Thumb, double[] Bends, double Spread)
{
    private static readonly double[] _straight = [0.05, 0.05, 0];
    private static readonly double[] _curled = [1.35, 1.6, 1.0];
    private static readonly double[] _half = [0.7, 0.9, 0.5];
    private static readonly double[] _hooked = [0.1, 1.5, 0.9];
    private static readonly double[] _acrossFist = [0.45, 0.35, 0.6, 0.7];
    private static readonly double[] _aside = [0, 0, 0.05, 0];

    /// <summary>The poses that scenes start from.</summary>
    public static IReadOnlyList<HandPose> All { get; } =
    [
        new("open", _aside, [.. _straight, .. _straight, .. _straight, .. _straight], 0.12),
        new("relaxed", [0.15, 0.15, 0.2, 0.2], [0.3, 0.4, 0.25, 0.4, 0.5, 0.3, 0.5, 0.55, 0.3, 0.55, 0.55, 0.3], 0.03),
        new("fist", _acrossFist, [.. _curled, .. _curled, .. _curled, .. _curled], 0),
        new("pointing", _acrossFist, [.. _straight, .. _curled, .. _curled, .. _curled], 0),
        new("victory", _acrossFist, [.. _straight, .. _straight, .. _curled, .. _curled], 0.15),
        new("thumb up", _aside, [.. _curled, .. _curled, .. _curled, .. _curled], 0),
        new("pinch", [0.35, 0.4, 0.3, 0.4], [0.75, 0.85, 0.5, .. _straight, .. _straight, .. _straight], 0.06),
        new("hook", [0.1, 0.1, 0.2, 0.2], [.. _hooked, .. _hooked, .. _hooked, .. _hooked], 0),
        new("grip", [0.3, 0.5, 0.2, 0.3], [.. _half, .. _half, .. _half, .. _half], 0.05),
        new("three", _acrossFist, [.. _straight, .. _straight, .. _straight, .. _curled], 0.1),
    ];

    /// <summary>Mean bend of the fingers, 0 (open) to 1 (a fist).</summary>
    public double Curl => Math.Clamp(Bends.Average() / 1.32, 0, 1);

    /// <summary>Somebody's way of holding the hand so.</summary>
    public HandPose Varied(Dice dice) => this with
    {
        Thumb = [.. Thumb.Select(angle => angle + dice.Normal(0.08))],
        Bends = [.. Bends.Select(angle => Math.Clamp(angle + dice.Normal(0.12), -0.1, 1.7))],
        Spread = Spread + dice.Normal(0.04),
    };
}
