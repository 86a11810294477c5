using System.Numerics;

namespace HandMeshEngine.Cameras;

/// <summary>Three doubles. Geometry runs in double so that float32 results keep all their digits.</summary>
internal readonly record struct Vector3d(double X, double Y, double Z)
{
    public double LengthSquared => (X * X) + (Y * Y) + (Z * Z);

    public double Length => Math.Sqrt(LengthSquared);

    public bool IsFinite => double.IsFinite(X) && double.IsFinite(Y) && double.IsFinite(Z);

    public static Vector3d operator +(Vector3d a, Vector3d b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    public static Vector3d operator -(Vector3d a, Vector3d b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    public static Vector3d operator *(Vector3d a, double s) => new(a.X * s, a.Y * s, a.Z * s);

    public static Vector3d operator *(double s, Vector3d a) => a * s;

    public static double Dot(Vector3d a, Vector3d b) => (a.X * b.X) + (a.Y * b.Y) + (a.Z * b.Z);

    public static Vector3d Cross(Vector3d a, Vector3d b) =>
        new((a.Y * b.Z) - (a.Z * b.Y), (a.Z * b.X) - (a.X * b.Z), (a.X * b.Y) - (a.Y * b.X));

    public static Vector3d From(Vector3 v) => new(v.X, v.Y, v.Z);

    /// <summary>The unit vector of the same direction; zero stays zero.</summary>
    public Vector3d Normalized()
    {
        double length = Length;
        return length > 0 ? this * (1 / length) : this;
    }

    /// <summary>The mean of some points.</summary>
    public static Vector3d Mean(ReadOnlySpan<Vector3d> points)
    {
        Vector3d sum = default;
        foreach (Vector3d point in points)
        {
            sum += point;
        }

        return sum * (1.0 / points.Length);
    }

    public Vector3 ToSingle() => new((float)X, (float)Y, (float)Z);
}
