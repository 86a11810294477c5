namespace HandMeshEngine.Export.Drawing;

/// <summary>The 21 keypoints, joined finger by finger and across the knuckles.</summary>
internal static class SkeletonDrawing
{
    private static readonly Vector3 _dot = new(255);

    private static readonly Vector3[] _fingers =
        [new(255, 94, 87), new(76, 217, 100), new(64, 156, 255), new(255, 204, 0), new(229, 92, 255)];

    /// <summary>Draws one hand's keypoints, whose pixels are <paramref name="scale"/> times smaller than the canvas's.</summary>
    public static void Draw(Canvas canvas, HandMesh hand, float scale)
    {
        Span<Vector2> points = stackalloc Vector2[HandMesh.JointCount];
        float reach = 0;
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = ((hand.Keypoints[i] + new Vector2(0.5f)) * scale) - new Vector2(0.5f);
            reach = Math.Max(reach, Vector2.Distance(points[i], points[0]));
        }

        float pen = Math.Clamp(reach * 0.013f, 1.5f, 6);
        for (int finger = 0; finger < _fingers.Length; finger++)
        {
            int knuckle = 1 + (4 * finger);
            // Thumb, index and little finger start at the wrist; between the knuckles runs one line.
            int root = finger is 0 or 1 ? 0 : knuckle - 4;
            canvas.Line(points[root], points[knuckle], pen, _fingers[finger]);
            for (int i = knuckle; i < knuckle + 3; i++)
            {
                canvas.Line(points[i], points[i + 1], pen, _fingers[finger]);
            }
        }

        canvas.Line(points[0], points[17], pen, _fingers[^1]);
        foreach (Vector2 point in points)
        {
            canvas.Disc(point, pen * 1.15f, _dot);
        }
    }
}
