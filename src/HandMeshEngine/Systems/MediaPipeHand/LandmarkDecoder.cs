namespace HandMeshEngine.Systems.MediaPipeHand;

/// <summary>Brings the landmark network's two outputs back to the image (docs/systems/mediapipe-hand.md 3.2).</summary>
internal static class LandmarkDecoder
{
    private const int InputSize = HandLandmarks.InputSize;

    /// <summary>Decodes one pass.</summary>
    /// <param name="screen">21 x (x, y, z) in pixels of the 224 crop.</param>
    /// <param name="world">21 x (x, y, z) in metres, axes of the crop.</param>
    /// <param name="crop">What the network saw.</param>
    /// <param name="uv">[21], written: image pixels.</param>
    /// <param name="z">[21], written: depth relative to the wrist in pixels times 0.4 (z_px), smaller is nearer.</param>
    /// <param name="turnedWorld">[21], written: metres, image-aligned axes, own origin.</param>
    public static void Decode(
        ReadOnlySpan<float> screen, ReadOnlySpan<float> world, in Crop crop, Span<Vector2> uv, Span<float> z, Span<Vector3> turnedWorld)
    {
        (double sin, double cos) = Math.SinCos(crop.Angle);
        for (int i = 0; i < HandMesh.JointCount; i++)
        {
            double x = ((screen[3 * i] / (double)InputSize) - 0.5) * crop.Width;
            double y = ((screen[(3 * i) + 1] / (double)InputSize) - 0.5) * crop.Height;
            uv[i] = new Vector2((float)(crop.CenterX + (x * cos) - (y * sin)), (float)(crop.CenterY + (x * sin) + (y * cos)));
            z[i] = (float)(screen[(3 * i) + 2] / (double)InputSize * crop.Width);
            double wx = world[3 * i], wy = world[(3 * i) + 1];
            turnedWorld[i] = new Vector3((float)((wx * cos) - (wy * sin)), (float)((wx * sin) + (wy * cos)), world[(3 * i) + 2]);
        }
    }
}
