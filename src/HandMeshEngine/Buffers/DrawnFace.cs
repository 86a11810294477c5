namespace HandMeshEngine.Buffers;

/// <summary>
/// A triangle as four linear functions of the ray (docs/buffers.md 2): with normals of the planes through the camera's centre and each
/// edge, a ray hits where all three are 0 or more; the fourth is the inverse of the hit's multiple of the ray. For a pinhole they are
/// functions of the pixel (u, v, 1) instead, the fourth relative to an anchor, where its differences are small.
/// </summary>
internal struct DrawnFace
{
    /// <summary>The first edge: its plane's normal, or a row of the pixel's coefficients.</summary>
    public Vector3 Edge0;

    /// <summary>The second edge.</summary>
    public Vector3 Edge1;

    /// <summary>The third edge.</summary>
    public Vector3 Edge2;

    /// <summary>The inverse distance.</summary>
    public Vector3 Nearness;

    /// <summary>The pixel that <see cref="Nearness"/> counts from; 0 with a lens.</summary>
    public Vector2 Anchor;

    /// <summary>The least inverse distance on the triangle.</summary>
    public float Least;

    /// <summary>The greatest inverse distance on the triangle.</summary>
    public float Most;

    /// <summary>First column.</summary>
    public int Left;

    /// <summary>Last column.</summary>
    public int Right;

    /// <summary>First row.</summary>
    public int Top;

    /// <summary>Last row.</summary>
    public int Bottom;

    /// <summary>What the pixels of <see cref="HandBuffers.Parts"/> hold.</summary>
    public int Label;
}
