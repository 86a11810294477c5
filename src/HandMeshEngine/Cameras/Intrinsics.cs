namespace HandMeshEngine.Cameras;

/// <summary>
/// The pinhole numbers of a <see cref="Camera"/>: u = Fx X/Z + Cx, v = Fy Y/Z + Cy in pixels whose
/// centres are integers.
/// </summary>
internal readonly record struct Intrinsics(double Fx, double Fy, double Cx, double Cy)
{
    /// <summary>Direction (x, y, 1) of the ray through a pixel.</summary>
    public Vector3d Ray(double u, double v) => new((u - Cx) / Fx, (v - Cy) / Fy, 1);

    public Vector2 Project(Vector3d p) => new((float)((Fx * p.X / p.Z) + Cx), (float)((Fy * p.Y / p.Z) + Cy));

    /// <summary>The same camera seen in the pixels of a crop: K' = A K.</summary>
    /// <param name="imageToCrop">Axis-aligned map from image pixels to crop pixels.</param>
    /// <exception cref="ArgumentException">The map turns the image; a pinhole without skew cannot express that.</exception>
    public Intrinsics Cropped(in Affine2 imageToCrop)
    {
        if (imageToCrop.B != 0 || imageToCrop.D != 0)
        {
            throw new ArgumentException("crop intrinsics exist only for crops that are not turned");
        }

        return new Intrinsics(
            imageToCrop.A * Fx, imageToCrop.E * Fy, (imageToCrop.A * Cx) + imageToCrop.C, (imageToCrop.E * Cy) + imageToCrop.F);
    }

    /// <summary>The camera of the mirrored image, u -> width - 1 - u.</summary>
    public Intrinsics Mirrored(int width) => this with { Cx = width - 1 - Cx };

    /// <summary>
    /// The map from this camera's pixels to those of <paramref name="canonical"/> looking the same way: Kc K^-1
    /// (HandDGP, 2.2).
    /// </summary>
    public Affine2 RectifiedTo(in Intrinsics canonical)
    {
        double x = canonical.Fx / Fx, y = canonical.Fy / Fy;
        return new Affine2(x, 0, canonical.Cx - (x * Cx), 0, y, canonical.Cy - (y * Cy));
    }
}
