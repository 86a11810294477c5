namespace HandMeshEngine.Evaluation.Metrics;

/// <summary>
/// The singular value decomposition M = U diag(w) V^T of a 3x3 matrix, w in descending order and not negative; U and V are orthogonal
/// but may mirror. A zero matrix gives U = V = I.
/// </summary>
internal readonly struct SingularValues
{
    private const int MostSweeps = 30;

    private SingularValues(Matrix3d u, Vector3d w, Matrix3d v) => (U, W, V) = (u, w, v);

    public Matrix3d U { get; }

    public Vector3d W { get; }

    public Matrix3d V { get; }

    /// <summary>
    /// One-sided Jacobi: V turns the columns of M until they are orthogonal; their lengths are the singular values, their directions
    /// U. Exact for matrices without full rank, where eigenvectors of M^T M would lose half of the digits.
    /// </summary>
    public static SingularValues Of(in Matrix3d m)
    {
        Span<Vector3d> a = [new(m.M00, m.M10, m.M20), new(m.M01, m.M11, m.M21), new(m.M02, m.M12, m.M22)];
        Span<Vector3d> v = [new(1, 0, 0), new(0, 1, 0), new(0, 0, 1)];
        for (int sweep = 0; sweep < MostSweeps; sweep++)
        {
            bool turned = Orthogonalize(a, v, 0, 1);
            turned |= Orthogonalize(a, v, 0, 2);
            turned |= Orthogonalize(a, v, 1, 2);
            if (!turned)
            {
                break;
            }
        }

        SortByLength(a, v);
        Vector3d w = new(a[0].Length, a[1].Length, a[2].Length);
        Vector3d u0 = w.X > 0 ? a[0] * (1 / w.X) : new Vector3d(1, 0, 0);
        Vector3d u1 = w.Y > w.X * 1e-15 ? a[1] * (1 / w.Y) : Orthogonal(u0);
        Vector3d u2 = w.Z > w.X * 1e-15 ? a[2] * (1 / w.Z) : Vector3d.Cross(u0, u1);
        return new SingularValues(Matrix3d.FromColumns(u0, u1, u2), w, Matrix3d.FromColumns(v[0], v[1], v[2]));
    }

    private static bool Orthogonalize(Span<Vector3d> a, Span<Vector3d> v, int p, int q)
    {
        double alpha = a[p].LengthSquared, beta = a[q].LengthSquared, gamma = Vector3d.Dot(a[p], a[q]);
        if (!(Math.Abs(gamma) > 1e-17 * Math.Sqrt(alpha * beta)))
        {
            return false;
        }

        double zeta = (beta - alpha) / (2 * gamma);
        double t = (zeta < 0 ? -1 : 1) / (Math.Abs(zeta) + Math.Sqrt(1 + (zeta * zeta)));
        double c = 1 / Math.Sqrt(1 + (t * t)), s = c * t;
        (a[p], a[q]) = ((c * a[p]) - (s * a[q]), (s * a[p]) + (c * a[q]));
        (v[p], v[q]) = ((c * v[p]) - (s * v[q]), (s * v[p]) + (c * v[q]));
        return true;
    }

    private static void SortByLength(Span<Vector3d> a, Span<Vector3d> v)
    {
        for (int i = 0; i < 2; i++)
        {
            for (int j = i + 1; j < 3; j++)
            {
                if (a[j].LengthSquared > a[i].LengthSquared)
                {
                    (a[i], a[j]) = (a[j], a[i]);
                    (v[i], v[j]) = (v[j], v[i]);
                }
            }
        }
    }

    private static Vector3d Orthogonal(Vector3d unit) =>
        Vector3d.Cross(unit, Math.Abs(unit.X) < 0.9 ? new Vector3d(1, 0, 0) : new Vector3d(0, 1, 0)).Normalized();
}
