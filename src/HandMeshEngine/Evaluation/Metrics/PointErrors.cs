namespace HandMeshEngine.Evaluation.Metrics;

/// <summary>Distances between corresponding points of one image, in the unit of the points (docs/evaluation.md, Conventions).</summary>
public static class PointErrors
{
    /// <summary>d_k = |e_k - g_k| without any alignment (CS where the points are in camera space).</summary>
    /// <param name="truth">[N] points.</param>
    /// <param name="estimate">[N] points.</param>
    /// <param name="distances">Receives N distances.</param>
    /// <exception cref="ArgumentException">The counts differ or are 0, or there is no room.</exception>
    public static void Distances(ReadOnlySpan<Vector3d> truth, ReadOnlySpan<Vector3d> estimate, Span<double> distances)
    {
        RequireSameCount(truth, estimate);
        if (distances.Length < truth.Length)
        {
            throw new ArgumentException($"{truth.Length} distances do not go into {distances.Length}");
        }

        for (int i = 0; i < truth.Length; i++)
        {
            distances[i] = (truth[i] - estimate[i]).Length;
        }
    }

    /// <summary>Root-relative (RR) points: each less its own side's root.</summary>
    /// <param name="points">Moved in place.</param>
    /// <param name="root">The wrist of the same side.</param>
    public static void SubtractRoot(Span<Vector3d> points, Vector3d root)
    {
        foreach (ref Vector3d point in points)
        {
            point -= root;
        }
    }

    /// <summary>
    /// HO-3D's alignment of scale and translation: size by the bone from the wrist to the base of the middle finger, wrist on wrist.
    /// An estimate whose bone has no length is scaled by the truth's bone alone, as the challenge's script does.
    /// </summary>
    /// <param name="truth">[21] joints, this library's order.</param>
    /// <param name="estimate">[21] joints.</param>
    /// <param name="aligned">Receives 21 joints.</param>
    /// <exception cref="ArgumentException">A count is not 21.</exception>
    public static void AlignScaleAndTranslation(ReadOnlySpan<Vector3d> truth, ReadOnlySpan<Vector3d> estimate, Span<Vector3d> aligned)
    {
        const int middleBase = 9;
        RequireSameCount(truth, estimate);
        if (truth.Length != HandMesh.JointCount || aligned.Length < HandMesh.JointCount)
        {
            throw new ArgumentException($"scale and translation are aligned by {HandMesh.JointCount} joints, not {truth.Length}");
        }

        double size = (estimate[middleBase] - estimate[0]).Length, wanted = (truth[middleBase] - truth[0]).Length;
        double factor = size > 0 ? wanted / size : wanted;
        Vector3d root = estimate[0];
        for (int i = 0; i < truth.Length; i++)
        {
            aligned[i] = ((estimate[i] - root) * factor) + truth[0];
        }
    }

    internal static void RequireSameCount(ReadOnlySpan<Vector3d> truth, ReadOnlySpan<Vector3d> estimate)
    {
        if (truth.Length != estimate.Length || truth.IsEmpty)
        {
            throw new ArgumentException($"{estimate.Length} estimated points do not correspond to {truth.Length} true ones; give as many of each, at least one");
        }
    }
}
