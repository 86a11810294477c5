namespace HandMeshEngine.Export.Drawing;

/// <summary>A small plate beside every hand: which hand, and how far its wrist is.</summary>
internal static class LabelDrawing
{
    private const float Padding = 0.6f; // of the text height

    private static readonly Vector3 _plate = new(18, 22, 28);
    private static readonly Vector3 _ink = new(245, 247, 250);

    /// <summary>Labels all hands; <paramref name="scale"/> takes image pixels to canvas pixels.</summary>
    public static void Draw(Canvas canvas, IReadOnlyList<HandMesh> hands, float scale)
    {
        float height = TextHeight(canvas.Area);
        foreach (HandMesh hand in hands)
        {
            string text = Text(hand);
            var size = new Vector2(StrokeFont.Measure(text, height), height);
            Vector2 pad = new(height * Padding), plate = size + (2 * pad);
            Vector2 corner = Corner(hand, scale) - new Vector2(plate.X / 2, plate.Y + height);
            corner = Vector2.Clamp(corner, new Vector2(4), new Vector2(canvas.Area.Width, canvas.Area.Height) - plate - new Vector2(4));
            canvas.Box(corner, plate, height * 0.5f, _plate, 0.72f);
            StrokeFont.Draw(canvas, text, corner + pad, height, _ink);
        }
    }

    /// <summary>Height of digits that suits a panel.</summary>
    public static float TextHeight(Area area) => Math.Clamp(area.Height / 44f, 9, 22);

    /// <summary>A distance in centimetres; a tilde marks one that rests on a guessed focal length.</summary>
    private static string Text(HandMesh hand)
    {
        string side = hand.Handedness == Handedness.Left ? "left" : "right";
        if (!hand.Placement.IsPlaced)
        {
            return side;
        }

        string about = hand.Placement.Flags.HasFlag(PlacementFlags.GuessedCamera) ? "~" : "";
        return FormattableString.Invariant($"{side}  {about}{hand.Root.Z * 100:0} cm");
    }

    // Above the topmost keypoint, in the middle of the hand.
    private static Vector2 Corner(HandMesh hand, float scale)
    {
        float left = float.MaxValue, right = float.MinValue, top = float.MaxValue;
        foreach (Vector2 p in hand.Keypoints)
        {
            (left, right, top) = (Math.Min(left, p.X), Math.Max(right, p.X), Math.Min(top, p.Y));
        }

        return new Vector2((left + right) / 2, top) * scale;
    }
}
