namespace HandMeshEngine.Bench.Accuracy;

/// <summary>The picture of a camera that turned about its centre: an exact homography of what it took before.</summary>
internal sealed class TurnedPicture
{
    private const int Side = 1280;

    private TurnedPicture(RgbImage picture, Camera camera, Matrix3d rotation)
    {
        (Picture, Camera, Rotation) = (picture, camera, rotation);
    }

    public RgbImage Picture { get; }

    public Camera Camera { get; }

    /// <summary>Takes coordinates of the camera before it turned to those of this one.</summary>
    public Matrix3d Rotation { get; }

    /// <summary>Turns the camera until a pixel lies so far from its axis.</summary>
    /// <param name="picture">What it took.</param>
    /// <param name="camera">A pinhole camera.</param>
    /// <param name="pixel">Column and row.</param>
    /// <param name="degrees">Between the pixel's ray and the new axis.</param>
    /// <param name="direction">Where the pixel then lies, seen from the middle, radians from x toward y.</param>
    /// <param name="roll">Turn about the axis first, radians.</param>
    /// <param name="zoom">Factor of the focal length.</param>
    public static TurnedPicture Of(RgbImage picture, Camera camera, Vector2 pixel, double degrees, double direction, double roll = 0, double zoom = 1)
    {
        Vector3d ray = new Vector3d((pixel.X - camera.Cx) / camera.Fx, (pixel.Y - camera.Cy) / camera.Fy, 1).Normalized();
        (double sin, double cos) = Math.SinCos(degrees * Math.PI / 180);
        var to = new Vector3d(sin * Math.Cos(direction), sin * Math.Sin(direction), cos);
        Matrix3d rotation = Rotations.Minimal(new Vector3d(0, 0, 1), to)
            * Rotations.FromQuaternion(Math.Cos(roll / 2), 0, 0, Math.Sin(roll / 2))
            * Rotations.Minimal(ray, new Vector3d(0, 0, 1));
        var turned = new Camera(zoom * camera.Fx, zoom * camera.Fx, Side / 2.0, Side / 2.0);
        var result = new RgbImage(Side, Side);
        Matrix3d back = rotation.Transposed;
        for (int y = 0; y < Side; y++)
        {
            Span<byte> row = result.Row(y);
            for (int x = 0; x < Side; x++)
            {
                Vector3d from = back * new Vector3d((x - turned.Cx) / turned.Fx, (y - turned.Cy) / turned.Fy, 1);
                Read(picture, (camera.Fx * from.X / from.Z) + camera.Cx, (camera.Fy * from.Y / from.Z) + camera.Cy, from.Z, row.Slice(3 * x, 3));
            }
        }

        return new TurnedPicture(result, turned, rotation);
    }

    // Bilinear; beyond the border the nearest pixel.
    private static void Read(RgbImage picture, double u, double v, double depth, Span<byte> to)
    {
        if (depth <= 0)
        {
            return;
        }

        (u, v) = (Math.Clamp(u, 0, picture.Width - 1.001), Math.Clamp(v, 0, picture.Height - 1.001));
        int left = (int)u, top = (int)v;
        double a = u - left, b = v - top;
        ReadOnlySpan<byte> upper = picture.Row(top).Slice(3 * left, 6), lower = picture.Row(top + 1).Slice(3 * left, 6);
        for (int c = 0; c < 3; c++)
        {
            double value = (((upper[c] * (1 - a)) + (upper[c + 3] * a)) * (1 - b)) + (((lower[c] * (1 - a)) + (lower[c + 3] * a)) * b);
            to[c] = (byte)(value + 0.5);
        }
    }
}
