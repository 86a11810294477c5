namespace HandMeshEngine.Meshes;

/// <summary>A sum of squared plane distances as a symmetric 4 x 4 matrix (Garland and Heckbert 1997).</summary>
internal readonly record struct Quadric(
    double Xx, double Xy, double Xz, double Xw, double Yy, double Yz, double Yw, double Zz, double Zw, double Ww)
{
    /// <summary>The quadric of the plane through <paramref name="point"/> with this normal.</summary>
    public static Quadric OfPlane(Vector3d normal, Vector3d point)
    {
        (double x, double y, double z, double w) = (normal.X, normal.Y, normal.Z, -Vector3d.Dot(normal, point));
        return new Quadric(x * x, x * y, x * z, x * w, y * y, y * z, y * w, z * z, z * w, w * w);
    }

    public static Quadric operator +(Quadric a, Quadric b) => new(
        a.Xx + b.Xx, a.Xy + b.Xy, a.Xz + b.Xz, a.Xw + b.Xw, a.Yy + b.Yy, a.Yz + b.Yz, a.Yw + b.Yw, a.Zz + b.Zz, a.Zw + b.Zw, a.Ww + b.Ww);

    /// <summary>The summed squared distance of a point.</summary>
    public double At(Vector3d p)
    {
        double x = (p.X * Xx) + (p.Y * Xy) + (p.Z * Xz) + Xw;
        double y = (p.X * Xy) + (p.Y * Yy) + (p.Z * Yz) + Yw;
        double z = (p.X * Xz) + (p.Y * Yz) + (p.Z * Zz) + Zw;
        double w = (p.X * Xw) + (p.Y * Yw) + (p.Z * Zw) + Ww;
        return (x * p.X) + (y * p.Y) + (z * p.Z) + w;
    }
}
