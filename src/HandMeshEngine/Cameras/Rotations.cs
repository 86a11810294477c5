namespace HandMeshEngine.Cameras;

/// <summary>Rotations that best or least turn one thing into another.</summary>
internal static class Rotations
{
    /// <summary>
    /// The smallest rotation taking unit vector <paramref name="a"/> to unit vector <paramref name="b"/>:
    /// I + [a x b] + [a x b]^2 / (1 + a.b); opposite vectors turn by pi about an axis orthogonal to a.
    /// </summary>
    public static Matrix3d Minimal(Vector3d a, Vector3d b)
    {
        double cosine = Vector3d.Dot(a, b);
        if (cosine < -0.999999)
        {
            Vector3d other = Math.Abs(a.X) < 0.9 ? new Vector3d(1, 0, 0) : new Vector3d(0, 1, 0);
            Vector3d axis = Vector3d.Cross(a, other).Normalized();
            return (Matrix3d.Outer(axis, axis) * 2) + (Matrix3d.Identity * -1);
        }

        Matrix3d cross = Matrix3d.CrossProduct(Vector3d.Cross(a, b));
        return Matrix3d.Identity + cross + (cross * cross * (1 / (1 + cosine)));
    }

    /// <summary>
    /// The proper rotation R that minimises sum |to_i - R from_i|^2 over centred points: Kabsch's problem, solved as
    /// Horn's largest eigenvector of a symmetric 4x4 matrix, which needs no determinant fix.
    /// </summary>
    /// <remarks>Points on one line leave the turn about it free; some valid minimiser is returned.</remarks>
    public static Matrix3d Align(ReadOnlySpan<Vector3d> from, ReadOnlySpan<Vector3d> to)
    {
        Matrix3d s = default; // sum of from_i to_i^T
        for (int i = 0; i < from.Length; i++)
        {
            s += Matrix3d.Outer(from[i], to[i]);
        }

        Span<double> n =
        [
            s.M00 + s.M11 + s.M22, s.M12 - s.M21, s.M20 - s.M02, s.M01 - s.M10,
            s.M12 - s.M21, s.M00 - s.M11 - s.M22, s.M01 + s.M10, s.M20 + s.M02,
            s.M20 - s.M02, s.M01 + s.M10, s.M11 - s.M00 - s.M22, s.M12 + s.M21,
            s.M01 - s.M10, s.M20 + s.M02, s.M12 + s.M21, s.M22 - s.M00 - s.M11,
        ];
        Span<double> q = stackalloc double[4];
        LargestEigenvector(n, q);
        return FromQuaternion(q[0], q[1], q[2], q[3]);
    }

    /// <summary>The rotation of a unit quaternion (w, x, y, z).</summary>
    public static Matrix3d FromQuaternion(double w, double x, double y, double z) => new(
        1 - (2 * ((y * y) + (z * z))), 2 * ((x * y) - (w * z)), 2 * ((x * z) + (w * y)),
        2 * ((x * y) + (w * z)), 1 - (2 * ((x * x) + (z * z))), 2 * ((y * z) - (w * x)),
        2 * ((x * z) - (w * y)), 2 * ((y * z) + (w * x)), 1 - (2 * ((x * x) + (y * y))));

    /// <summary>The unit quaternion of a rotation, with w not negative.</summary>
    public static Quaternion ToQuaternion(in Matrix3d m)
    {
        // Shepperd: divide by the largest of the four components.
        double w = 1 + m.M00 + m.M11 + m.M22, x = 1 + m.M00 - m.M11 - m.M22, y = 1 - m.M00 + m.M11 - m.M22, z = 1 - m.M00 - m.M11 + m.M22;
        double largest = Math.Max(Math.Max(w, x), Math.Max(y, z));
        (w, x, y, z) = largest == w ? (w, m.M21 - m.M12, m.M02 - m.M20, m.M10 - m.M01)
            : largest == x ? (m.M21 - m.M12, x, m.M01 + m.M10, m.M02 + m.M20)
            : largest == y ? (m.M02 - m.M20, m.M01 + m.M10, y, m.M12 + m.M21)
            : (m.M10 - m.M01, m.M02 + m.M20, m.M12 + m.M21, z);
        double scale = (w < 0 ? -1 : 1) / Math.Sqrt((w * w) + (x * x) + (y * y) + (z * z));
        return new Quaternion((float)(x * scale), (float)(y * scale), (float)(z * scale), (float)(w * scale));
    }

    // Cyclic Jacobi: each sweep squares the off-diagonal remainder, so a handful reach machine precision.
    private static void LargestEigenvector(Span<double> n, Span<double> vector)
    {
        const int sweeps = 16;
        Span<double> v = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
        for (int sweep = 0; sweep < sweeps; sweep++)
        {
            double rotated = 0;
            for (int p = 0; p < 3; p++)
            {
                for (int q = p + 1; q < 4; q++)
                {
                    rotated += JacobiRotate(n, v, p, q);
                }
            }

            if (rotated == 0)
            {
                break;
            }
        }

        int best = 0;
        for (int i = 1; i < 4; i++)
        {
            best = n[5 * i] > n[5 * best] ? i : best;
        }

        double length = 0;
        for (int i = 0; i < 4; i++)
        {
            vector[i] = v[(4 * i) + best];
            length += vector[i] * vector[i];
        }

        foreach (ref double component in vector)
        {
            component /= Math.Sqrt(length);
        }
    }

    // Zeroes n[p, q] by a plane rotation and returns the size of what was there (0 when already negligible).
    private static double JacobiRotate(Span<double> n, Span<double> v, int p, int q)
    {
        double off = n[(4 * p) + q];
        if (Math.Abs(off) <= 1e-18 * (Math.Abs(n[5 * p]) + Math.Abs(n[5 * q])))
        {
            return 0;
        }

        double theta = (n[5 * q] - n[5 * p]) / (2 * off);
        double t = 1 / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        t = theta < 0 ? -t : t;
        double c = 1 / Math.Sqrt((t * t) + 1), s = t * c;
        for (int k = 0; k < 4; k++)
        {
            (n[(4 * k) + p], n[(4 * k) + q]) = Turn(n[(4 * k) + p], n[(4 * k) + q], c, s);
        }

        for (int k = 0; k < 4; k++)
        {
            (n[(4 * p) + k], n[(4 * q) + k]) = Turn(n[(4 * p) + k], n[(4 * q) + k], c, s);
            (v[(4 * k) + p], v[(4 * k) + q]) = Turn(v[(4 * k) + p], v[(4 * k) + q], c, s);
        }

        return Math.Abs(off);
    }

    private static (double P, double Q) Turn(double p, double q, double c, double s) =>
        ((c * p) - (s * q), (s * p) + (c * q));
}
