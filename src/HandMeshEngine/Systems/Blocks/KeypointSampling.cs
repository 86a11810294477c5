namespace HandMeshEngine.Systems.Blocks;

/// <summary>Features of a map at predicted keypoints.</summary>
internal static class KeypointSampling
{
    /// <summary>
    /// Bilinear samples [N, J, C] at k [N, J, 2], fractions of the image side clamped to 0..1, whose ends are the centres of the
    /// map's corner pixels (align_corners; docs/systems/handdgp.md 3.5).
    /// </summary>
    public static Value AlignCorners(GraphBuilder g, Value map, Value k)
    {
        Shape shape = g.ShapeOf(map);
        if (shape[2] != shape[3])
        {
            throw new GraphException($"keypoints are fractions of a square, but the map is {shape}");
        }

        Value points = g.Scale(g.Activate(k, Activation.Clamp(0, 1)), shape[3] - 1);
        return g.GridSample(map, points, SampleBorder.Clamp);
    }
}
