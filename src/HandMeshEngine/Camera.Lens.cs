namespace HandMeshEngine;

/// <content>Lenses, orientation, and the way from points to pixels and back.</content>
public sealed partial record Camera
{
    // Beyond this angle from edge to edge lenses bend visibly, and few are ideal.
    private const double WideDegrees = 75;

    // A lens that ends this near the principal point has wrong coefficients, or right ones in a wrong order.
    private const double LeastReach = 0.25;

    /// <summary>The lens; null if nothing is known of it, which counts as a pinhole.</summary>
    public Lens? Lens { get; private init; }

    /// <summary>How the frames of this camera become upright; the lens was calibrated before that.</summary>
    public FrameOrientation Orientation { get; private init; }

    /// <summary>False if parts of the frame lie beyond the lens: fisheye circles.</summary>
    public bool CoversFrame { get; private init; } = true;

    /// <summary>The lens in the pixels of the stored frame; null for a pinhole.</summary>
    internal LensProjection? Projection { get; private init; }

    /// <summary>This camera with a lens. The image size must be known.</summary>
    /// <param name="lens">The lens, as it was calibrated together with the focal lengths and the principal point.</param>
    /// <param name="allowPartial">Accept a polynomial that folds back inside the image: what lies beyond has no rays.</param>
    /// <exception cref="ArgumentException">The size is not known, the lens folds back inside the image or ends near its middle, or the
    /// camera was turned already.</exception>
    public Camera WithLens(Lens lens, bool allowPartial = false)
    {
        ArgumentNullException.ThrowIfNull(lens);
        if (Width is not int width || Height is not int height)
        {
            throw new ArgumentException("a camera with a lens needs the size of its images; give width and height with the intrinsics");
        }

        if (Orientation != FrameOrientation.Upright)
        {
            throw new ArgumentException("the lens belongs to the stored frame; set it before the orientation (WithLens, then Oriented)");
        }

        if (lens.Model == LensModel.Pinhole)
        {
            return this with { Lens = lens, Projection = null, CoversFrame = true };
        }

        var projection = new LensProjection(lens, Fx, Fy, Cx, Cy);
        RequireReach(projection, width, height, allowPartial);
        return this with { Lens = lens, Projection = projection, CoversFrame = Uncovered(projection, width, height, 2) == 0 };
    }

    /// <summary>
    /// This camera, whose numbers belong to the stored frame, as that of the upright image; for <see cref="ImageView.Orientation"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The size is not known, or the camera was turned already.</exception>
    public Camera Oriented(FrameOrientation orientation)
    {
        if (orientation == Orientation)
        {
            return this;
        }

        if (Width is not int width || Height is not int height || Orientation != FrameOrientation.Upright)
        {
            throw new ArgumentException(
                "a camera can be turned once, and needs the size of its images for that; give width and height with the intrinsics of the stored frame");
        }

        PixelMap map = PixelMap.ToStored(orientation, width, height);
        double x = Cx - map.X0, y = Cy - map.Y0;
        bool sideways = orientation.IsSideways;
        return new Camera(
            sideways ? Fy : Fx,
            sideways ? Fx : Fy,
            (map.Xu * x) + (map.Yu * y),
            (map.Xv * x) + (map.Yv * y),
            sideways ? height : width,
            sideways ? width : height,
            Source)
        {
            Lens = Lens,
            Projection = Projection,
            CoversFrame = CoversFrame,
            Orientation = orientation,
        };
    }

    /// <summary>The camera of the same images made smaller or larger: outer edges stay outer edges.</summary>
    /// <exception cref="ArgumentException">The size of this camera's images is not known, or the proportions change: then something was
    /// cut off, and the caller has to say what (<see cref="Cropped"/>).</exception>
    public Camera Resized(int width, int height)
    {
        const double sameProportions = 0.005;
        if (Width is not int from || Height is not int fromHeight)
        {
            throw new ArgumentException("a camera of unknown image size cannot be resized; give width and height with the intrinsics");
        }

        double x = (double)width / from, y = (double)height / fromHeight;
        if (!(x > 0) || !(y > 0) || Math.Abs((x / y) - 1) > sameProportions)
        {
            throw new ArgumentException(Text(
                $"a camera of {from}x{fromHeight} images cannot be resized to {width}x{height}: the proportions differ, so the images were cropped; use Cropped first"));
        }

        return Moved(x, y, ((Cx + 0.5) * x) - 0.5, ((Cy + 0.5) * y) - 0.5, width, height);
    }

    /// <summary>The camera of a part of the image, whose top left pixel is (x, y).</summary>
    /// <exception cref="ArgumentException">The size is not positive.</exception>
    public Camera Cropped(int x, int y, int width, int height) => Moved(1, 1, Cx - x, Cy - y, width, height);

    /// <summary>Where a point (metres, camera frame) appears in the image (pixels); not numbers where the lens does not show it.</summary>
    public Vector2 Project(Vector3 point) => Projection is null
        ? Intrinsics.Project(Vector3d.From(point))
        : TryProject(Vector3d.From(point), out double u, out double v) ? new Vector2((float)u, (float)v) : new Vector2(float.NaN);

    /// <summary>
    /// Direction of the ray through an image position (pixels): scaled to Z = 1, with a lens to length 1, because it may lead sideways or
    /// back; not numbers where the lens has no ray.
    /// </summary>
    public Vector3 Ray(Vector2 pixel) => Projection is null
        ? Intrinsics.Ray(pixel.X, pixel.Y).ToSingle()
        : TryRay(pixel.X, pixel.Y, out Vector3d ray) ? ray.ToSingle() : new Vector3(float.NaN);

    /// <summary>The direction of the ray through an image position (pixels).</summary>
    /// <returns>False where the lens has none.</returns>
    public bool TryRay(Vector2 pixel, out Vector3 ray)
    {
        bool found = TryRay(pixel.X, pixel.Y, out _);
        ray = found ? Ray(pixel) : default;
        return found;
    }

    /// <summary>The share of the frame's pixels that lie beyond the lens, 0 to 1.</summary>
    public double UncoveredShare() => Projection is { } projection && !CoversFrame
        ? Uncovered(projection, Orientation.IsSideways ? Height!.Value : Width!.Value, Orientation.IsSideways ? Width!.Value : Height!.Value, 64)
        : 0;

    /// <summary>The pixel of the upright image at which a ray of any length appears.</summary>
    internal bool TryProject(Vector3d ray, out double u, out double v)
    {
        if (Projection is null)
        {
            (u, v) = ((Fx * ray.X / ray.Z) + Cx, (Fy * ray.Y / ray.Z) + Cy);
            return ray.Z > 0;
        }

        PixelMap map = ToStored;
        bool seen = Projection.TryProject((map.Xu * ray.X) + (map.Xv * ray.Y), (map.Yu * ray.X) + (map.Yv * ray.Y), ray.Z, out double x, out double y);
        (x, y) = (x - map.X0, y - map.Y0);
        (u, v) = ((map.Xu * x) + (map.Yu * y), (map.Xv * x) + (map.Yv * y));
        return seen;
    }

    /// <summary>The unit ray of a pixel of the upright image.</summary>
    internal bool TryRay(double u, double v, out Vector3d ray)
    {
        if (Projection is null)
        {
            ray = Intrinsics.Ray(u, v).Normalized();
            return ray.IsFinite;
        }

        PixelMap map = ToStored;
        bool found = Projection.TryUnproject(
            (map.Xu * u) + (map.Xv * v) + map.X0, (map.Yu * u) + (map.Yv * v) + map.Y0, out double x, out double y, out double z);
        ray = new Vector3d((map.Xu * x) + (map.Yu * y), (map.Xv * x) + (map.Yv * y), z);
        return found;
    }

    /// <summary>Whether an image of this size is wide and nothing is known of the lens.</summary>
    internal bool LacksLens(int width, int height) =>
        Lens is null && Math.Max(width / Fx, height / Fy) > 2 * Math.Tan(WideDegrees * Math.PI / 360);

    /// <summary>Checks that this camera belongs to a frame.</summary>
    /// <exception cref="ArgumentException">It was made for another size, or its lens for another orientation.</exception>
    internal void Require(ImageView image)
    {
        if (Projection is not null && Orientation != image.Orientation)
        {
            throw new ArgumentException(Text(
                $"the camera's lens was given for frames with orientation {Orientation} but this one has {image.Orientation}; use camera.Oriented(image.Orientation)"));
        }

        RequireSize(image.Width, image.Height);
    }

    /// <summary>Checks that this camera belongs to images of the given size.</summary>
    /// <exception cref="ArgumentException">It was made for another size.</exception>
    internal void RequireSize(int width, int height)
    {
        if (Width is int w && Height is int h && (w != width || h != height))
        {
            throw new ArgumentException(Text(
                $"the camera was given for {w}x{h} images but this one is {width}x{height}; scale its numbers or make a new one"));
        }
    }

    private PixelMap ToStored => Orientation.IsSideways
        ? PixelMap.ToStored(Orientation, Height!.Value, Width!.Value)
        : PixelMap.ToStored(Orientation, Width!.Value, Height!.Value);

    // The image's numbers, and those of the stored frame that the lens belongs to.
    private Camera Moved(double scaleX, double scaleY, double cx, double cy, int width, int height)
    {
        if (Projection is null)
        {
            return new Camera(Fx * scaleX, Fy * scaleY, cx, cy, width, height, Source) { Lens = Lens, Orientation = Orientation };
        }

        PixelMap map = Orientation.IsSideways
            ? PixelMap.ToStored(Orientation, height, width)
            : PixelMap.ToStored(Orientation, width, height);
        bool sideways = Orientation.IsSideways;
        double fx = Projection.Fx * (sideways ? scaleY : scaleX), fy = Projection.Fy * (sideways ? scaleX : scaleY);
        double storedCx = (map.Xu * cx) + (map.Xv * cy) + map.X0, storedCy = (map.Yu * cx) + (map.Yv * cy) + map.Y0;
        return new Camera(fx, fy, storedCx, storedCy, sideways ? height : width, sideways ? width : height, Source)
            .WithLens(Projection.Lens, allowPartial: true).Oriented(Orientation);
    }

    private static void RequireReach(LensProjection projection, int width, int height, bool allowPartial)
    {
        Lens lens = projection.Lens;
        if (double.IsInfinity(lens.PlaneLimit))
        {
            return;
        }

        double x = Math.Max(projection.Cx + 0.5, width - 0.5 - projection.Cx), y = Math.Max(projection.Cy + 0.5, height - 0.5 - projection.Cy);
        double corner = Math.Sqrt((x / projection.Fx * (x / projection.Fx)) + (y / projection.Fy * (y / projection.Fy)));
        double focal = Math.Sqrt(projection.Fx * projection.Fy), reach = lens.PlaneLimit * focal;
        double diagonal = Math.Sqrt(((double)width * width) + ((double)height * height));
        if (reach < LeastReach * diagonal)
        {
            throw new ArgumentException(Text(
                $"the lens {lens} ends at {lens.PlaneLimit:0.####} focal lengths, {reach:0} pixels from the principal point of a {width}x{height} image: wrong coefficients, or a wrong order of them"));
        }

        // The circle of a fisheye ends inside the frame by construction; a polynomial in the plane that ends there is a bad fit.
        if (lens.Model != LensModel.Fisheye && lens.PlaneLimit < corner && !allowPartial)
        {
            throw new ArgumentException(Text(
                $"the polynomial of the lens {lens} folds back {reach:0} pixels from the principal point ({lens.PlaneLimit:0.####} focal lengths), inside the {width}x{height} image, whose farthest corner lies at {corner * focal:0} pixels; check the coefficients and their order, or accept that the lens covers only a part (allowPartial)"));
        }
    }

    // On a grid from edge to edge; 2 steps are the corners and the middles of the edges.
    private static double Uncovered(LensProjection projection, int width, int height, int steps)
    {
        int missing = 0, count = 0;
        for (int i = 0; i <= steps; i++)
        {
            for (int k = 0; k <= steps; k++)
            {
                count++;
                missing += projection.TryUnproject((width - 1.0) * k / steps, (height - 1.0) * i / steps, out _, out _, out _) ? 0 : 1;
            }
        }

        return missing / (double)count;
    }
}
