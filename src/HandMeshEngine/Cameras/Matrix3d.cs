namespace HandMeshEngine.Cameras;

/// <summary>A 3x3 matrix of doubles, row-major names; acts on column vectors.</summary>
internal readonly record struct Matrix3d(
    double M00, double M01, double M02,
    double M10, double M11, double M12,
    double M20, double M21, double M22)
{
    public static Matrix3d Identity => new(1, 0, 0, 0, 1, 0, 0, 0, 1);

    public Matrix3d Transposed => new(M00, M10, M20, M01, M11, M21, M02, M12, M22);

    public static Vector3d operator *(in Matrix3d m, Vector3d v) => new(
        (m.M00 * v.X) + (m.M01 * v.Y) + (m.M02 * v.Z),
        (m.M10 * v.X) + (m.M11 * v.Y) + (m.M12 * v.Z),
        (m.M20 * v.X) + (m.M21 * v.Y) + (m.M22 * v.Z));

    public static Matrix3d operator *(in Matrix3d m, double s) => new(
        m.M00 * s, m.M01 * s, m.M02 * s, m.M10 * s, m.M11 * s, m.M12 * s, m.M20 * s, m.M21 * s, m.M22 * s);

    public static Matrix3d operator *(in Matrix3d a, in Matrix3d b) => FromColumns(
        a * new Vector3d(b.M00, b.M10, b.M20), a * new Vector3d(b.M01, b.M11, b.M21), a * new Vector3d(b.M02, b.M12, b.M22));

    public static Matrix3d operator +(in Matrix3d a, in Matrix3d b) => new(
        a.M00 + b.M00, a.M01 + b.M01, a.M02 + b.M02,
        a.M10 + b.M10, a.M11 + b.M11, a.M12 + b.M12,
        a.M20 + b.M20, a.M21 + b.M21, a.M22 + b.M22);

    public static Matrix3d FromColumns(Vector3d x, Vector3d y, Vector3d z) =>
        new(x.X, y.X, z.X, x.Y, y.Y, z.Y, x.Z, y.Z, z.Z);

    /// <summary>The matrix a b^T.</summary>
    public static Matrix3d Outer(Vector3d a, Vector3d b) => new(
        a.X * b.X, a.X * b.Y, a.X * b.Z, a.Y * b.X, a.Y * b.Y, a.Y * b.Z, a.Z * b.X, a.Z * b.Y, a.Z * b.Z);

    /// <summary>The matrix whose product with v is the cross product a x v.</summary>
    public static Matrix3d CrossProduct(Vector3d a) => new(0, -a.Z, a.Y, a.Z, 0, -a.X, -a.Y, a.X, 0);

    /// <summary>The nine numbers, row by row.</summary>
    public void CopyTo(Span<double> destination)
    {
        (destination[0], destination[1], destination[2]) = (M00, M01, M02);
        (destination[3], destination[4], destination[5]) = (M10, M11, M12);
        (destination[6], destination[7], destination[8]) = (M20, M21, M22);
    }
}
