namespace HandMeshEngine.Models.Topology;

/// <summary>A point or vector in double precision.</summary>
internal readonly record struct Point3(double X, double Y, double Z)
{
    public double LengthSquared => Dot(this);

    public double Length => Math.Sqrt(LengthSquared);

    public static Point3 operator +(Point3 a, Point3 b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    public static Point3 operator -(Point3 a, Point3 b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    public static Point3 operator *(double scale, Point3 a) => new(scale * a.X, scale * a.Y, scale * a.Z);

    public double Dot(Point3 other) => (X * other.X) + (Y * other.Y) + (Z * other.Z);

    public Point3 Cross(Point3 other) => new(
        (Y * other.Z) - (Z * other.Y),
        (Z * other.X) - (X * other.Z),
        (X * other.Y) - (Y * other.X));
}
