namespace HandMeshEngine.Cameras;

/// <summary>
/// The pinhole camera in which a system that assumes one sees a hand behind a lens (docs/cameras.md): the camera itself without its
/// lens, or, for hands far off its axis and lenses that reach beyond a plane, one that is turned to the hand.
/// </summary>
/// <param name="Camera">The real camera.</param>
/// <param name="Rotation">Takes real camera coordinates to those of this view.</param>
/// <param name="Intrinsics">Rays of this view to its pixels.</param>
internal readonly record struct IdealView(Camera Camera, Matrix3d Rotation, Intrinsics Intrinsics)
{
    // Further off the axis a crop of the image plane is stretched too far: 1 / cos^2 = 4.
    private const double MostOffAxis = Math.PI / 3;

    private const double NearPlane = 1e-3;

    /// <summary>Whether this view is turned.</summary>
    public bool IsTurned => Rotation != Matrix3d.Identity;

    /// <summary>The view for a hand in a box of the real image.</summary>
    /// <param name="camera">With a lens.</param>
    /// <param name="width">Columns of the upright image.</param>
    /// <param name="height">Rows of the upright image.</param>
    /// <param name="box">Pixels of the real image.</param>
    /// <param name="view">The view.</param>
    /// <param name="seen">The box around what the box's outline is in the view.</param>
    /// <returns>False if the lens does not show the middle of the box.</returns>
    public static bool TryCreate(Camera camera, int width, int height, HandBox box, out IdealView view, out HandBox seen)
    {
        (view, seen) = (default, box);
        if (!camera.TryRay(box.CenterX, box.CenterY, out Vector3d axis)
            || !TurnedView.TryLookAt(camera, box.CenterX, box.CenterY, out TurnedView turned))
        {
            return false;
        }

        bool reachesAround = camera.Lens!.Model
            is LensModel.Fisheye or LensModel.Omnidirectional or LensModel.DoubleSphere or LensModel.ExtendedUnified;
        view = reachesAround || axis.Z < Math.Cos(MostOffAxis)
            ? new IdealView(camera, turned.Rotation, new Intrinsics(turned.Focal, turned.Focal, (width - 1) / 2.0, (height - 1) / 2.0))
            : new IdealView(camera, Matrix3d.Identity, camera.Intrinsics);
        return view.TryBox(box, out seen);
    }

    /// <summary>Replaces a matrix that ends in pixels of this view by one that ends in rays of the real camera.</summary>
    public void ToRays(Span<double> matrix)
    {
        Matrix3d toRay = new(1 / Intrinsics.Fx, 0, -Intrinsics.Cx / Intrinsics.Fx, 0, 1 / Intrinsics.Fy, -Intrinsics.Cy / Intrinsics.Fy, 0, 0, 1);
        Matrix3d toPixel = new(matrix[0], matrix[1], matrix[2], matrix[3], matrix[4], matrix[5], matrix[6], matrix[7], matrix[8]);
        (Rotation.Transposed * toRay * toPixel).CopyTo(matrix);
    }

    /// <summary>Depth along the axis of this view of what has a depth along the real camera's axis.</summary>
    public double? DepthOf(double? depth) => depth / (Rotation.M22 > NearPlane ? Rotation.M22 : 1);

    /// <summary>A pixel of this view as one of the real image.</summary>
    /// <returns>False if the lens does not show it; it then stays as it is.</returns>
    public bool ToImage(Vector2 pixel, out Vector2 real)
    {
        bool seen = Camera.TryProject(Rotation.Transposed * Intrinsics.Ray(pixel.X, pixel.Y), out double u, out double v);
        real = seen ? new Vector2((float)u, (float)v) : pixel;
        return seen;
    }

    /// <summary>A crop of this view as the rectangle of the real image that has the same middle lines.</summary>
    public Crop ToImage(in Crop crop)
    {
        (float sin, float cos) = MathF.SinCos((float)crop.Angle);
        Vector2 middle = new((float)crop.CenterX, (float)crop.CenterY);
        Vector2 across = new Vector2(cos, sin) * (float)(crop.Width / 2), down = new Vector2(-sin, cos) * (float)(crop.Height / 2);
        bool seen = ToImage(middle, out Vector2 at) & ToImage(middle - across, out Vector2 left) & ToImage(middle + across, out Vector2 right)
            & ToImage(middle - down, out Vector2 top) & ToImage(middle + down, out Vector2 bottom);
        return seen
            ? new Crop(at.X, at.Y, Vector2.Distance(left, right), Vector2.Distance(top, bottom), Math.Atan2(right.Y - left.Y, right.X - left.X))
            : crop with { CenterX = at.X, CenterY = at.Y };
    }

    // Corners and the middles of the edges; those without a ray do not count.
    private bool TryBox(HandBox box, out HandBox seen)
    {
        double left = double.MaxValue, top = double.MaxValue, right = double.MinValue, bottom = double.MinValue;
        for (int i = 0; i < 9; i++)
        {
            if (!Camera.TryRay(box.X + (box.Width * (i % 3) / 2), box.Y + (box.Height * (i / 3) / 2), out Vector3d ray))
            {
                continue;
            }

            ray = Rotation * ray;
            if (ray.Z > NearPlane)
            {
                double u = (Intrinsics.Fx * ray.X / ray.Z) + Intrinsics.Cx, v = (Intrinsics.Fy * ray.Y / ray.Z) + Intrinsics.Cy;
                (left, right) = (Math.Min(left, u), Math.Max(right, u));
                (top, bottom) = (Math.Min(top, v), Math.Max(bottom, v));
            }
        }

        seen = new HandBox(left, top, right - left, bottom - top);
        return right > left && bottom > top;
    }
}
