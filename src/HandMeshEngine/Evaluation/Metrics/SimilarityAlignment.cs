namespace HandMeshEngine.Evaluation.Metrics;

/// <summary>
/// The similarity (turn, scale, shift) that best lays an estimate onto the truth: the alignment behind every "PA", "aligned" and "RS"
/// number of FreiHAND and HO-3D (docs/evaluation.md, Alignment). Scale and turn follow from the singular values of the normed
/// correlation matrix; like the challenges' scripts it may mirror, so that a mirrored hand scores 0.
/// </summary>
public readonly struct SimilarityAlignment
{
    // The challenges' scripts add this to both norms.
    private const double NormFloor = 1e-8;

    private readonly Matrix3d _rotation;
    private readonly double _scale;
    private readonly double _truthNorm;
    private readonly double _estimateNorm;
    private readonly Vector3d _truthMean;
    private readonly Vector3d _estimateMean;

    private SimilarityAlignment(Matrix3d rotation, double scale, double truthNorm, double estimateNorm, Vector3d truthMean, Vector3d estimateMean)
    {
        (_rotation, _scale, _truthNorm, _estimateNorm) = (rotation, scale, truthNorm, estimateNorm);
        (_truthMean, _estimateMean) = (truthMean, estimateMean);
    }

    /// <summary>True where the best fit mirrors the estimate: a sign of swapped sides, which the score does not show.</summary>
    public bool Mirrors => Determinant(_rotation) < 0;

    /// <summary>Finds the alignment.</summary>
    /// <param name="truth">[N] points in one frame and unit; metres, or the floor of 1e-8 under the norms means something else.</param>
    /// <param name="estimate">The N corresponding points.</param>
    /// <param name="allowMirror">False forces a rotation (the "rotation only" variant of several authors' own loops).</param>
    /// <exception cref="ArgumentException">The counts differ or are 0.</exception>
    public static SimilarityAlignment Find(ReadOnlySpan<Vector3d> truth, ReadOnlySpan<Vector3d> estimate, bool allowMirror = true)
    {
        PointErrors.RequireSameCount(truth, estimate);
        Vector3d truthMean = Vector3d.Mean(truth), estimateMean = Vector3d.Mean(estimate);
        double truthNorm = CentredNorm(truth, truthMean) + NormFloor, estimateNorm = CentredNorm(estimate, estimateMean) + NormFloor;
        Matrix3d correlation = default;
        for (int i = 0; i < truth.Length; i++)
        {
            correlation += Matrix3d.Outer((truth[i] - truthMean) * (1 / truthNorm), (estimate[i] - estimateMean) * (1 / estimateNorm));
        }

        SingularValues values = SingularValues.Of(correlation);
        Matrix3d rotation = values.U * values.V.Transposed;
        double last = values.W.Z;
        if (!allowMirror && Determinant(rotation) < 0)
        {
            Matrix3d flipped = values.U * new Matrix3d(1, 0, 0, 0, 1, 0, 0, 0, -1);
            rotation = flipped * values.V.Transposed;
            last = -last;
        }

        return new SimilarityAlignment(rotation, values.W.X + values.W.Y + last, truthNorm, estimateNorm, truthMean, estimateMean);
    }

    /// <summary>Lays points of the estimate's frame onto the truth.</summary>
    /// <param name="points">The estimate, or other points that move with it (a mesh aligned by its joints).</param>
    /// <param name="aligned">Receives as many points; may be <paramref name="points"/> itself.</param>
    /// <exception cref="ArgumentException"><paramref name="aligned"/> is too short.</exception>
    public void Apply(ReadOnlySpan<Vector3d> points, Span<Vector3d> aligned)
    {
        RequireRoom(points, aligned);
        double factor = _scale * _truthNorm;
        for (int i = 0; i < points.Length; i++)
        {
            aligned[i] = ((_rotation * ((points[i] - _estimateMean) * (1 / _estimateNorm))) * factor) + _truthMean;
        }
    }

    /// <summary>
    /// What both challenges' scripts do to a mesh whose vertex count is not the truth's: it turns about the mesh's own mean and is not
    /// divided by the estimate's norm, so that it shrinks. Only for numbers under the official names; <see cref="Apply"/> is the sound one.
    /// </summary>
    /// <param name="points">The estimated mesh.</param>
    /// <param name="aligned">Receives as many points.</param>
    /// <exception cref="ArgumentException"><paramref name="aligned"/> is too short or <paramref name="points"/> empty.</exception>
    public void ApplyAsPublished(ReadOnlySpan<Vector3d> points, Span<Vector3d> aligned)
    {
        RequireRoom(points, aligned);
        Vector3d mean = Vector3d.Mean(points), shift = _truthMean - _estimateMean + mean;
        for (int i = 0; i < points.Length; i++)
        {
            aligned[i] = ((_rotation * (points[i] - mean)) * (_scale * _truthNorm)) + shift;
        }
    }

    private static void RequireRoom(ReadOnlySpan<Vector3d> points, Span<Vector3d> aligned)
    {
        if (points.IsEmpty || aligned.Length < points.Length)
        {
            throw new ArgumentException($"{points.Length} points do not go into {aligned.Length}; give at least one point and as much room");
        }
    }

    private static double CentredNorm(ReadOnlySpan<Vector3d> points, Vector3d mean)
    {
        double sum = 0;
        foreach (Vector3d point in points)
        {
            sum += (point - mean).LengthSquared;
        }

        return Math.Sqrt(sum);
    }

    private static double Determinant(in Matrix3d m) =>
        (m.M00 * ((m.M11 * m.M22) - (m.M12 * m.M21))) - (m.M01 * ((m.M10 * m.M22) - (m.M12 * m.M20))) + (m.M02 * ((m.M10 * m.M21) - (m.M11 * m.M20)));
}
