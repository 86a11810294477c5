using System.Runtime.Intrinsics;

namespace HandMeshEngine.Buffers;

/// <summary>
/// The rays of a camera's pixels: by formula for a pinhole, scaled to Z = 1; stored for a lens, of length 1, not numbers where the lens
/// has none. Also balls around the rays of tiles, and how much the lens bends straight edges. Made once a camera.
/// </summary>
internal sealed class PixelRays
{
    /// <summary>Pixels along a tile's side.</summary>
    public const int TileSide = 32;

    // Where the bend of the lens is measured, from edge to edge.
    private const int BendGrid = 16;
    private const double BendAngle = 0.02;

    private const double NoRay = -1;

    private readonly float[] _x = [];
    private readonly float[] _y = [];
    private readonly float[] _z = [];
    private readonly Vector4[] _tiles;

    /// <summary>The rays of a picture of this size.</summary>
    public PixelRays(Camera camera, int width, int height)
    {
        (Camera, Width, Height) = (camera, width, height);
        HasLens = camera.Projection is not null;
        Stride = width + Vector256<float>.Count;
        if (HasLens)
        {
            (_x, _y, _z) = (new float[Stride * height], new float[Stride * height], new float[Stride * height]);
            FillRays();
            Bend = MostBend();
        }

        TileColumns = (width + TileSide - 1) / TileSide;
        _tiles = new Vector4[TileColumns * ((height + TileSide - 1) / TileSide)];
        for (int i = 0; i < _tiles.Length; i++)
        {
            _tiles[i] = TileBall(i % TileColumns * TileSide, i / TileColumns * TileSide);
        }
    }

    /// <summary>Whose rays.</summary>
    public Camera Camera { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>The rays are stored.</summary>
    public bool HasLens { get; }

    /// <summary>Elements from one stored row to the next: room for the last vector of a row.</summary>
    public int Stride { get; }

    /// <summary>Tiles side by side.</summary>
    public int TileColumns { get; }

    /// <summary>A ball around the unit rays of every tile, row by row: centre, then radius; a radius of -1 where there is no ray.</summary>
    public ReadOnlySpan<Vector4> Tiles => _tiles;

    /// <summary>Pixels by which a straight edge bows out, at most, for each radian of its length squared; 0 for a pinhole.</summary>
    public double Bend { get; }

    /// <summary>Stored X.</summary>
    public ref readonly float X => ref _x[0];

    /// <summary>Stored Y.</summary>
    public ref readonly float Y => ref _y[0];

    /// <summary>Stored Z.</summary>
    public ref readonly float Z => ref _z[0];

    private void FillRays()
    {
        Array.Fill(_x, float.NaN);
        for (int v = 0; v < Height; v++)
        {
            for (int u = 0; u < Width; u++)
            {
                if (Camera.TryRay(u, v, out Vector3d ray))
                {
                    int at = (v * Stride) + u;
                    (_x[at], _y[at], _z[at]) = ((float)ray.X, (float)ray.Y, (float)ray.Z);
                }
            }
        }
    }

    // A curve bows out by its second derivative times the square of its length over 8; the measured one is doubled.
    private double MostBend()
    {
        double most = 0;
        for (int i = 0; i <= BendGrid; i++)
        {
            for (int k = 0; k <= BendGrid; k++)
            {
                if (Camera.TryRay((Width - 1.0) * k / BendGrid, (Height - 1.0) * i / BendGrid, out Vector3d ray))
                {
                    most = Math.Max(most, BendAt(ray));
                }
            }
        }

        return most * 2 / 8;
    }

    private double BendAt(Vector3d ray)
    {
        Vector3d right = Vector3d.Cross(Math.Abs(ray.Y) < 0.7 ? new Vector3d(0, 1, 0) : new Vector3d(1, 0, 0), ray).Normalized();
        Vector3d down = Vector3d.Cross(ray, right);
        double most = 0;
        if (!Camera.TryProject(ray, out double u, out double v))
        {
            return 0;
        }

        for (int i = 0; i < 4; i++)
        {
            (double sin, double cos) = Math.SinCos(i * Math.PI / 4);
            Vector3d step = ((cos * right) + (sin * down)) * Math.Tan(BendAngle);
            if (Camera.TryProject(ray + step, out double u1, out double v1) && Camera.TryProject(ray - step, out double u2, out double v2))
            {
                double du = u1 + u2 - (2 * u), dv = v1 + v2 - (2 * v);
                most = Math.Max(most, Math.Sqrt((du * du) + (dv * dv)) / (BendAngle * BendAngle));
            }
        }

        return most;
    }

    // The pixels of a tile lie between its corners, but a lens bends that.
    private Vector4 TileBall(int left, int top)
    {
        int right = Math.Min(left + TileSide, Width) - 1, bottom = Math.Min(top + TileSide, Height) - 1;
        int stepX = HasLens ? 1 : Math.Max(right - left, 1), stepY = HasLens ? 1 : Math.Max(bottom - top, 1);
        Vector3d axis = default;
        for (int v = top; v <= bottom; v += stepY)
        {
            for (int u = left; u <= right; u += stepX)
            {
                Vector3d ray = UnitRay(u, v);
                axis = ray.IsFinite ? axis + ray : axis;
            }
        }

        axis = axis.Normalized();
        double radius = NoRay;
        for (int v = top; v <= bottom; v += stepY)
        {
            for (int u = left; u <= right; u += stepX)
            {
                Vector3d ray = UnitRay(u, v);
                radius = ray.IsFinite ? Math.Max(radius, (ray - axis).Length) : radius;
            }
        }

        return new Vector4(axis.ToSingle(), (float)radius);
    }

    private Vector3d UnitRay(int u, int v)
    {
        int at = (v * Stride) + u;
        return HasLens ? new Vector3d(_x[at], _y[at], _z[at]) : Camera.Intrinsics.Ray(u, v).Normalized();
    }
}
