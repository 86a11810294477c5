namespace HandMeshEngine.Cameras;

/// <summary>
/// A pinhole camera turned about the real one's centre so that a chosen pixel lies on its axis: hands far from the axis, and behind
/// lenses, look in it as networks know them (docs/cameras.md).
/// </summary>
/// <param name="Rotation">Takes real camera coordinates to those of this view; its transpose brings results back.</param>
/// <param name="Focal">Focal length, pixels of the image around the chosen pixel.</param>
/// <param name="Du">Change of the image column by the view's tangents along x and y.</param>
/// <param name="Dv">Change of the image row likewise.</param>
internal readonly record struct TurnedView(Matrix3d Rotation, double Focal, (double X, double Y) Du, (double X, double Y) Dv)
{
    // Step of the central differences, in tangents.
    private const double Step = 1e-5;

    /// <summary>Turns a view to pixel (u, v) of the upright image.</summary>
    /// <returns>False where the camera has no ray, or shows next to nothing of the surroundings.</returns>
    public static bool TryLookAt(Camera camera, double u, double v, out TurnedView view)
    {
        view = default;
        if (!camera.TryRay(u, v, out Vector3d axis))
        {
            return false;
        }

        Matrix3d rotation = Rotations.Minimal(axis, new Vector3d(0, 0, 1));
        var right = new Vector3d(rotation.M00, rotation.M01, rotation.M02);
        var down = new Vector3d(rotation.M10, rotation.M11, rotation.M12);
        if (!TryDerive(camera, axis, right, out double ux, out double vx) || !TryDerive(camera, axis, down, out double uy, out double vy))
        {
            return false;
        }

        double focal = Math.Sqrt(Math.Abs((ux * vy) - (uy * vx)));
        view = new TurnedView(rotation, focal, (ux, uy), (vx, vy));
        return focal > 1e-3 && double.IsFinite(focal);
    }

    /// <summary>A direction of the image at the chosen pixel, radians from x toward y, as one of this view.</summary>
    public double Turn(double angle)
    {
        (double sin, double cos) = Math.SinCos(angle);
        double determinant = (Du.X * Dv.Y) - (Du.Y * Dv.X);
        return Math.Atan2(((Du.X * sin) - (Dv.X * cos)) / determinant, ((Dv.Y * cos) - (Du.Y * sin)) / determinant);
    }

    /// <summary>A crop of the image around the chosen pixel as one of this view, centred on its axis.</summary>
    public Crop CropOf(in Crop crop) => new(0, 0, crop.Width, crop.Height, Turn(crop.Angle));

    /// <summary>A crop of this view as one of the image, which a view turned to its centre sees as large and as upright.</summary>
    /// <returns>False where the camera shows nothing of it.</returns>
    public bool TryCropOfImage(Camera camera, in Crop inView, out Crop crop)
    {
        crop = default;
        Vector3d ray = Rotation.Transposed * new Vector3d(inView.CenterX / Focal, inView.CenterY / Focal, 1);
        if (!camera.TryProject(ray, out double u, out double v) || !TryLookAt(camera, u, v, out TurnedView there))
        {
            return false;
        }

        (double sin, double cos) = Math.SinCos(inView.Angle);
        double x = (there.Du.X * cos) + (there.Du.Y * sin), y = (there.Dv.X * cos) + (there.Dv.Y * sin), scale = there.Focal / Focal;
        crop = new Crop(u, v, inView.Width * scale, inView.Height * scale, Math.Atan2(y, x));
        return true;
    }

    /// <summary>
    /// Takes indices of a square tensor to what the warp of a frame of this camera ends in: rays of the upright camera behind a lens, else
    /// pixels.
    /// </summary>
    public Matrix3d Sampling(in Crop inView, int size, Camera camera)
    {
        Affine2 a = inView.Sampling(size);
        Matrix3d rays = Rotation.Transposed * new Matrix3d(a.A, a.B, a.C, a.D, a.E, a.F, 0, 0, Focal);
        return camera.Projection is null
            ? new Matrix3d(camera.Fx, 0, camera.Cx, 0, camera.Fy, camera.Cy, 0, 0, 1) * rays
            : rays;
    }

    /// <summary>Pixels of this view from its axis as pixels of the image.</summary>
    /// <returns>False if the lens does not show one of them; it is then written where the image, going on as at the axis, would have it.</returns>
    public bool ToImage(Camera camera, in Crop crop, ReadOnlySpan<Vector2> inView, Span<Vector2> uv)
    {
        bool all = true;
        for (int i = 0; i < inView.Length; i++)
        {
            double x = inView[i].X / Focal, y = inView[i].Y / Focal;
            if (!camera.TryProject(Rotation.Transposed * new Vector3d(x, y, 1), out double u, out double v))
            {
                all = false;
                (u, v) = (crop.CenterX + (Du.X * x) + (Du.Y * y), crop.CenterY + (Dv.X * x) + (Dv.Y * y));
            }

            uv[i] = new Vector2((float)u, (float)v);
        }

        return all;
    }

    private static bool TryDerive(Camera camera, Vector3d axis, Vector3d side, out double u, out double v)
    {
        bool seen = camera.TryProject(axis + (Step * side), out double nextU, out double nextV)
            & camera.TryProject(axis - (Step * side), out double beforeU, out double beforeV);
        (u, v) = ((nextU - beforeU) / (2 * Step), (nextV - beforeV) / (2 * Step));
        return seen;
    }
}
