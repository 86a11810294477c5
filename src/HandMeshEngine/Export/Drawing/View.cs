namespace HandMeshEngine.Export.Drawing;

/// <summary>How camera space becomes a picture: turned to the viewer's axes, then projected to pixels.</summary>
/// <param name="Right">Direction of picture x, in camera axes.</param>
/// <param name="Down">Direction of picture y, in camera axes.</param>
/// <param name="Forward">Direction away from the viewer, in camera axes.</param>
/// <param name="Scale">Pixels per metre (orthographic), or focal lengths in pixels (perspective).</param>
/// <param name="Centre">Pixel of the origin's x and y (orthographic), or the principal point.</param>
/// <param name="IsPerspective">Divide by depth?</param>
/// <param name="Lens">A camera whose lens bends the picture, or null.</param>
/// <param name="Zoom">Pixels of the picture by pixels of that camera.</param>
internal readonly record struct View(
    Vector3 Right, Vector3 Down, Vector3 Forward, Vector2 Scale, Vector2 Centre, bool IsPerspective, Camera? Lens = null, double Zoom = 1)
{
    // Nearer than this a perspective picture has nothing sensible to show, metres.
    private const float NearPlane = 0.01f;

    /// <summary>What the camera sees, made larger or smaller.</summary>
    public static View Through(Camera camera, double zoom)
    {
        // Pixel centres are integers before and after: edges, not centres, scale about the origin.
        Intrinsics k = camera.Intrinsics;
        View ideal = Through(new Intrinsics(k.Fx * zoom, k.Fy * zoom, ((k.Cx + 0.5) * zoom) - 0.5, ((k.Cy + 0.5) * zoom) - 0.5));
        return camera.Projection is null ? ideal : ideal with { Lens = camera, Zoom = zoom };
    }

    /// <summary>What a pinhole camera sees.</summary>
    public static View Through(in Intrinsics camera) => new(
        Vector3.UnitX,
        Vector3.UnitY,
        Vector3.UnitZ,
        new Vector2((float)camera.Fx, (float)camera.Fy),
        new Vector2((float)camera.Cx, (float)camera.Cy),
        IsPerspective: true);

    /// <summary>From the camera's right, without perspective: depth grows to the right of the picture.</summary>
    public static View FromTheSide(float pixelsPerMetre, Vector2 centre) =>
        new(Vector3.UnitZ, Vector3.UnitY, -Vector3.UnitX, new Vector2(pixelsPerMetre), centre, IsPerspective: false);

    /// <summary>A direction in the viewer's axes.</summary>
    public Vector3 Turn(Vector3 v) => new(Vector3.Dot(Right, v), Vector3.Dot(Down, v), Vector3.Dot(Forward, v));

    /// <summary>
    /// Picture x, y in pixels, and a nearness that is linear across the picture and larger for nearer points; not finite
    /// for points that cannot be shown.
    /// </summary>
    public Vector3 Project(Vector3 point)
    {
        if (Lens is not null)
        {
            return ThroughLens(Lens, point);
        }

        Vector3 p = Turn(point);
        if (!IsPerspective)
        {
            return new Vector3((p.X * Scale.X) + Centre.X, (p.Y * Scale.Y) + Centre.Y, -p.Z);
        }

        return p.Z > NearPlane
            ? new Vector3((p.X / p.Z * Scale.X) + Centre.X, (p.Y / p.Z * Scale.Y) + Centre.Y, 1 / p.Z)
            : new Vector3(float.NaN);
    }

    // Behind the image plane there is no depth: distance orders what a lens sees all around.
    private Vector3 ThroughLens(Camera camera, Vector3 point)
    {
        float distance = point.Length();
        return distance > NearPlane && camera.TryProject(Vector3d.From(point), out double u, out double v)
            ? new Vector3((float)(((u + 0.5) * Zoom) - 0.5), (float)(((v + 0.5) * Zoom) - 0.5), 1 / distance)
            : new Vector3(float.NaN);
    }

    /// <summary>How much the nearness changes over the depth that one pixel measures across.</summary>
    public float NearnessOfPixel(float nearness) => (IsPerspective ? nearness : 1) / Scale.X;
}
