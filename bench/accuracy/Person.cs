namespace HandMeshEngine.Bench.Accuracy;

/// <summary>
/// What is one's own: size, side, proportions, skin. Lengths and breadths are factors of the rig's. Fingers of broad hands are thick: breadths
/// of fingers and hands correlate by about 0.7 among adults, the middle is the girth that silhouettes of real hands gave
/// (docs/systems/mediapipe-hand.md 8).
/// </summary>
internal sealed record Person(Handedness Side, double Size, double PalmWidth, double PalmThickness, double Girth, double[] Lengths, Vector3 Skin)
{
    private const double UsualGirth = 1.15;

    // Total bones of adults, metres: the test set's vary by 3.7 percent (docs/systems/mediapipe-hand.md 13.1).
    private const double MeanSize = PredictOptions.AdultHandSize;
    private const double SizeDeviation = 0.037;

    // sRGB, light to dark.
    private static readonly Vector3[] _skins =
        [new(244, 208, 182), new(229, 184, 152), new(203, 152, 118), new(165, 114, 82), new(118, 80, 58), new(84, 57, 43)];

    /// <summary>An adult.</summary>
    public static Person Sample(Dice dice)
    {
        double broad = dice.Normal(0.06);
        Vector3 skin = dice.Of(_skins) * (1 + (float)dice.Normal(0.04));
        return new Person(
            dice.Happens(0.5) ? Handedness.Right : Handedness.Left,
            MeanSize * (1 + dice.Normal(SizeDeviation)),
            UsualWidth * (1 + broad),
            UsualGirth * (1 + (0.7 * broad) + dice.Normal(0.03)),
            UsualGirth * (1 + (0.7 * broad) + dice.Normal(0.04)),
            [.. Enumerable.Range(0, 15).Select(_ => 1 + dice.Normal(0.04))],
            Linear(skin));
    }

    // Between the rig's own palm and one as girthy as its fingers.
    private const double UsualWidth = 1.05;

    private static Vector3 Linear(Vector3 srgb)
    {
        static float One(float value) => MathF.Pow(Math.Clamp(value / 255, 0, 1), 2.2f);
        return new Vector3(One(srgb.X), One(srgb.Y), One(srgb.Z));
    }
}
