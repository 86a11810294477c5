namespace HandMeshEngine;

/// <summary>
/// How a lens draws rays (x right, y down, z forward, in the axes of the stored frame) into the pixels of that frame: the lens' plane
/// position times the focal lengths, plus the principal point. Immutable.
/// </summary>
/// <param name="Lens">The lens.</param>
/// <param name="Fx">Horizontal focal length, pixels.</param>
/// <param name="Fy">Vertical focal length, pixels.</param>
/// <param name="Cx">Principal point, pixels from the centre of the leftmost column.</param>
/// <param name="Cy">Principal point, pixels from the centre of the top row.</param>
public sealed record LensProjection(Lens Lens, double Fx, double Fy, double Cx, double Cy)
{
    /// <summary>The pixel of a ray of any length; false where the lens shows none.</summary>
    public bool TryProject(double x, double y, double z, out double u, out double v)
    {
        bool seen = Lens.TryProject(x, y, z, out double planeX, out double planeY);
        u = (Fx * planeX) + Cx;
        v = (Fy * planeY) + Cy;
        return seen;
    }

    /// <summary>The unit ray of a pixel; false where there is none.</summary>
    public bool TryUnproject(double u, double v, out double x, out double y, out double z) =>
        Lens.TryUnproject((u - Cx) / Fx, (v - Cy) / Fy, out x, out y, out z);
}
