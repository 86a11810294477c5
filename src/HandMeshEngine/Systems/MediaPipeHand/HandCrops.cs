namespace HandMeshEngine.Systems.MediaPipeHand;

/// <summary>Which part of the image the landmark network looks at next (docs/systems/mediapipe-hand.md 4).</summary>
internal static class HandCrops
{
    /// <summary>Crops that overlap more than this are taken for the same hand (4.4, 4.4b).</summary>
    private const double SameHand = 0.5;

    // Of the smaller crop's area.
    private const double Within = 0.8;

    // A palm reaches about this far from its middle, in sides of its crop (4.2).
    private const double PalmsApart = 0.25;

    private const double PalmShift = 0.5;
    private const double PalmScale = 2.6;
    private const double LandmarkShift = 0.1;
    private const double LandmarkScale = 2.0;
    private const double BoxScale = 1.25;

    // Wrist, and of every finger the two joints next to the palm: tips would make the crop jump.
    private static ReadOnlySpan<int> Stable => [0, 1, 2, 3, 5, 6, 9, 10, 13, 14, 17, 18];

    /// <summary>Crop from a palm detection: upright box in pixels, wrist and middle-finger MCP (4.1).</summary>
    public static Crop FromPalm(double xMin, double yMin, double xMax, double yMax, Vector2 wrist, Vector2 middle)
    {
        double angle = Upright(wrist.X, wrist.Y, middle.X, middle.Y);
        double width = xMax - xMin, height = yMax - yMin;
        (double sin, double cos) = Math.SinCos(angle);
        double side = PalmScale * Math.Max(width, height);
        return new Crop(
            ((xMin + xMax) / 2) + (PalmShift * height * sin), ((yMin + yMax) / 2) - (PalmShift * height * cos), side, side, angle);
    }

    /// <summary>Crop for the next pass or frame from 21 keypoints in pixels (4.2).</summary>
    public static Crop FromLandmarks(ReadOnlySpan<Vector2> uv)
    {
        double towardX = ((((double)uv[5].X + uv[13].X) / 2) + uv[9].X) / 2;
        double towardY = ((((double)uv[5].Y + uv[13].Y) / 2) + uv[9].Y) / 2;
        double angle = Upright(uv[0].X, uv[0].Y, towardX, towardY);
        (double sin, double cos) = Math.SinCos(angle);
        Bounds image = Bounds.Empty, turned = Bounds.Empty;
        foreach (int i in Stable)
        {
            image.Include(uv[i].X, uv[i].Y);
        }

        foreach (int i in Stable)
        {
            double x = uv[i].X - image.MiddleX, y = uv[i].Y - image.MiddleY;
            turned.Include((x * cos) + (y * sin), (y * cos) - (x * sin));
        }

        double up = turned.MiddleY - (LandmarkShift * turned.Height);
        double side = LandmarkScale * Math.Max(turned.Width, turned.Height);
        return new Crop(
            image.MiddleX + (turned.MiddleX * cos) - (up * sin), image.MiddleY + (turned.MiddleX * sin) + (up * cos), side, side, angle);
    }

    /// <summary>The whole image, letterboxed into a square and turned: the palm detector's input (2.2) and the fallback (4.5).</summary>
    public static Crop WholeImage(int width, int height, double angle)
    {
        double side = Math.Max(width, height);
        return new Crop(width / 2.0, height / 2.0, side, side, angle);
    }

    /// <summary>First crop when the caller gives a box (4.5).</summary>
    public static Crop FromBox(HandBox box, bool isCrop = false)
    {
        double side = (isCrop ? 1 : BoxScale) * Math.Max(box.Width, box.Height);
        return new Crop(box.CenterX, box.CenterY, side, side, 0);
    }

    /// <summary>Is a crop about a hand that is already followed (4.4)?</summary>
    public static bool IsAmong(in Crop crop, ReadOnlySpan<Crop> tracked)
    {
        foreach (ref readonly Crop known in tracked)
        {
            if (AreSame(crop, known))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Are two crops about the same hand (4.4b)?</summary>
    public static bool AreSame(in Crop a, in Crop b) => a.UprightOverlap(b) > SameHand;

    /// <summary>
    /// Are two readings about the same hand (4.3)? Their crops overlap, or one lies within the other and their palms at one place. Hands
    /// of different sides whose palms are apart cross or touch: they are two.
    /// </summary>
    public static bool AreSame(Landmarks a, Landmarks b)
    {
        bool overlap = AreSame(a.Crop, b.Crop);
        (Crop large, Crop small) = a.Crop.Width >= b.Crop.Width ? (a.Crop, b.Crop) : (b.Crop, a.Crop);
        if (!overlap && !(small.UprightShareWithin(large) > Within))
        {
            return false;
        }

        double apart = Vector2.Distance(a.PalmCentre, b.PalmCentre);
        return overlap
            ? !(a.IsOtherSideThan(b) && apart > PalmsApart * small.Width)
            : !a.IsOtherSideThan(b) && apart < PalmsApart * large.Width;
    }

    // The turn that brings the direction from the wrist to the fingers to "up", within -pi..pi.
    private static double Upright(double fromX, double fromY, double toX, double toY)
    {
        double angle = (Math.PI / 2) - Math.Atan2(-(toY - fromY), toX - fromX);
        return angle - (2 * Math.PI * Math.Floor((angle + Math.PI) / (2 * Math.PI)));
    }

    private struct Bounds
    {
        private double _left, _top, _right, _bottom;

        public static Bounds Empty => new()
        {
            _left = double.PositiveInfinity,
            _top = double.PositiveInfinity,
            _right = double.NegativeInfinity,
            _bottom = double.NegativeInfinity,
        };

        public readonly double Width => _right - _left;

        public readonly double Height => _bottom - _top;

        public readonly double MiddleX => (_left + _right) / 2;

        public readonly double MiddleY => (_top + _bottom) / 2;

        public void Include(double x, double y)
        {
            (_left, _right) = (Math.Min(_left, x), Math.Max(_right, x));
            (_top, _bottom) = (Math.Min(_top, y), Math.Max(_bottom, y));
        }
    }
}
