namespace HandMeshEngine.Systems.MediaPipeHand;

/// <summary>How both networks read pixels: bilinear, RGB, 0..1, nothing rounded (docs/systems/mediapipe-hand.md 2.1).</summary>
internal static class Crops
{
    public static WarpNormalizeOp UnitRange(int size, WarpBorder border) => new(
        size,
        size,
        WarpSampling.Bilinear,
        border,
        SwapRedBlue: false,
        (1 / 255f, 1 / 255f, 1 / 255f),
        (0, 0, 0));
}
