namespace HandMeshEngine.Cameras;

/// <summary>A point or direction in double precision; metres in camera space unless said otherwise.</summary>
/// <param name="X">To the right.</param>
/// <param name="Y">Down.</param>
/// <param name="Z">Away from the camera.</param>
public readonly record struct Vector3d(double X, double Y, double Z)
{
    /// <summary>Square of the Euclidean length.</summary>
    public double LengthSquared => (X * X) + (Y * Y) + (Z * Z);

    /// <summary>Euclidean length.</summary>
    public double Length => Math.Sqrt(LengthSquared);

    /// <summary>False if a component is infinite or not a number.</summary>
    public bool IsFinite => double.IsFinite(X) && double.IsFinite(Y) && double.IsFinite(Z);

    /// <summary>Sum of the components.</summary>
    public static Vector3d operator +(Vector3d a, Vector3d b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    /// <summary>Difference of the components.</summary>
    public static Vector3d operator -(Vector3d a, Vector3d b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    /// <summary>Every component times <paramref name="s"/>.</summary>
    public static Vector3d operator *(Vector3d a, double s) => new(a.X * s, a.Y * s, a.Z * s);

    /// <summary>Every component times <paramref name="s"/>.</summary>
    public static Vector3d operator *(double s, Vector3d a) => a * s;

    /// <summary>Scalar product.</summary>
    public static double Dot(Vector3d a, Vector3d b) => (a.X * b.X) + (a.Y * b.Y) + (a.Z * b.Z);

    /// <summary>Vector product, right-handed.</summary>
    public static Vector3d Cross(Vector3d a, Vector3d b) =>
        new((a.Y * b.Z) - (a.Z * b.Y), (a.Z * b.X) - (a.X * b.Z), (a.X * b.Y) - (a.Y * b.X));

    /// <summary>Widens a single-precision vector; exact.</summary>
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

    /// <summary>Rounds to single precision.</summary>
    public Vector3 ToSingle() => new((float)X, (float)Y, (float)Z);

    /// <summary>Writes row <paramref name="index"/> of points [N, 3].</summary>
    public void CopyTo(Span<float> points, int index) =>
        (points[3 * index], points[(3 * index) + 1], points[(3 * index) + 2]) = ((float)X, (float)Y, (float)Z);
}
