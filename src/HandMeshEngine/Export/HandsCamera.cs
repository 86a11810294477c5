namespace HandMeshEngine.Export;

/// <summary>A camera in a <see cref="HandsDocument"/>: pixels of the upright image.</summary>
/// <param name="Fx">Horizontal focal length.</param>
/// <param name="Fy">Vertical focal length.</param>
/// <param name="Cx">Principal point from the centre of the leftmost column.</param>
/// <param name="Cy">Principal point from the centre of the top row.</param>
/// <param name="Source">given, exif, fov or guess.</param>
public sealed record HandsCamera(double Fx, double Fy, double Cx, double Cy, string Source)
{
    /// <summary>The lens; null for none.</summary>
    public HandsLens? Lens { get; init; }

    /// <summary>How the stored frame was turned, degrees; null for upright.</summary>
    public int? TurnedClockwise { get; init; }

    /// <summary>Whether the stored frame was mirrored; null for upright.</summary>
    public bool? Mirrored { get; init; }
}
