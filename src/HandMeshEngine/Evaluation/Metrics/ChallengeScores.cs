namespace HandMeshEngine.Evaluation.Metrics;

/// <summary>
/// The numbers that the scripts of the FreiHAND and HO-3D challenges write into scores.txt, added image by image: lengths in
/// centimetres, areas and F-scores 0 to 1 (docs/evaluation.md, FreiHAND). Joints and vertices are aligned separately.
/// </summary>
public sealed class ChallengeScores
{
    private static readonly double[] _fThresholds = [0.005, 0.015];

    private readonly bool _ho3d;
    private readonly ErrorStatistics _joints = New(HandMesh.JointCount);
    private readonly ErrorStatistics _jointsAligned = New(HandMesh.JointCount);
    private readonly ErrorStatistics _jointsScaled = New(HandMesh.JointCount);
    private readonly double[] _f = new double[2];
    private readonly double[] _fAligned = new double[2];
    private ErrorStatistics? _vertices;
    private ErrorStatistics? _verticesAligned;
    private int _trueVertices;
    private int _estimatedVertices;

    /// <summary>Nothing added yet.</summary>
    /// <param name="ho3d">HO-3D's keys (which include its alignment of scale and translation) instead of FreiHAND's.</param>
    public ChallengeScores(bool ho3d = false) => _ho3d = ho3d;

    /// <summary>Images added.</summary>
    public int Images => _joints.Images;

    /// <summary>Images whose best alignment mirrors the joints; the scores do not show them.</summary>
    public int Mirrored { get; private set; }

    /// <summary>Errors of the unaligned vertices (CS), metres; null if the vertex counts differ.</summary>
    public ErrorStatistics? Vertices => _vertices;

    /// <summary>Errors of the aligned vertices, metres; null if the vertex counts differ.</summary>
    public ErrorStatistics? VerticesAligned => _verticesAligned;

    /// <summary>Errors of the unaligned joints, metres.</summary>
    public ErrorStatistics Joints => _joints;

    /// <summary>Errors of the aligned joints, metres.</summary>
    public ErrorStatistics JointsAligned => _jointsAligned;

    /// <summary>Adds an image; all points in camera space, metres, joints in this library's order.</summary>
    /// <exception cref="ArgumentException">There are not 21 joints, no vertices, or another number of vertices than in the first image.</exception>
    public void Add(ReadOnlySpan<Vector3d> joints, ReadOnlySpan<Vector3d> vertices, ReadOnlySpan<Vector3d> estimatedJoints, ReadOnlySpan<Vector3d> estimatedVertices)
    {
        if (Images == 0)
        {
            (_trueVertices, _estimatedVertices) = (vertices.Length, estimatedVertices.Length);
            if (_trueVertices == _estimatedVertices && _trueVertices > 0)
            {
                (_vertices, _verticesAligned) = (New(_trueVertices), New(_trueVertices));
            }
        }

        if (joints.Length != HandMesh.JointCount || vertices.IsEmpty || vertices.Length != _trueVertices || estimatedVertices.Length != _estimatedVertices)
        {
            throw new ArgumentException(
                $"image {Images} has {joints.Length} joints, {vertices.Length} true and {estimatedVertices.Length} estimated vertices; "
                + $"expected {HandMesh.JointCount}, {_trueVertices} and {_estimatedVertices} as in the first image");
        }

        AddJoints(joints, estimatedJoints, out SimilarityAlignment byJoints);
        AddVertices(vertices, estimatedVertices, byJoints);
    }

    /// <summary>The scores by key, in the order of the script's file.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Read()
    {
        var scores = new List<KeyValuePair<string, double>>();
        Put(scores, "xyz", _joints);
        Put(scores, _ho3d ? "xyz_procrustes_al" : "xyz_al", _jointsAligned);
        if (_ho3d)
        {
            Put(scores, "xyz_scale_trans_al", _jointsScaled);
        }

        Put(scores, "mesh", _vertices);
        Put(scores, "mesh_al", _verticesAligned);
        for (int i = 0; i < _fThresholds.Length; i++)
        {
            string millimetres = (_fThresholds[i] * 1000).ToString("0", CultureInfo.InvariantCulture);
            scores.Add(new($"f_score_{millimetres}", _f[i] / Images));
            scores.Add(new($"f_al_score_{millimetres}", _fAligned[i] / Images));
        }

        return scores;
    }

    /// <summary>The file scores.txt: one <c>key: value</c> a line, six decimals.</summary>
    public string ToText() => string.Concat(Read().Select(score => FormattableString.Invariant($"{score.Key}: {score.Value:F6}\n")));

    private static ErrorStatistics New(int points) => new(points, [PckThresholds.Challenge]);

    private static void Put(List<KeyValuePair<string, double>> scores, string name, ErrorStatistics? errors)
    {
        // The script's own marks for meshes that cannot be compared vertex by vertex: -1 m and -1.
        scores.Add(new($"{name}_mean3d", errors is null ? -100 : 100 * errors.Mean));
        scores.Add(new($"{name}_auc3d", errors?.Auc(PckThresholds.Challenge) ?? -1));
    }

    private void AddJoints(ReadOnlySpan<Vector3d> joints, ReadOnlySpan<Vector3d> estimate, out SimilarityAlignment alignment)
    {
        Span<double> distances = stackalloc double[HandMesh.JointCount];
        Span<Vector3d> aligned = new Vector3d[HandMesh.JointCount];
        PointErrors.Distances(joints, estimate, distances);
        _joints.Add(distances);
        alignment = SimilarityAlignment.Find(joints, estimate);
        Mirrored += alignment.Mirrors ? 1 : 0;
        alignment.Apply(estimate, aligned);
        PointErrors.Distances(joints, aligned, distances);
        _jointsAligned.Add(distances);
        PointErrors.AlignScaleAndTranslation(joints, estimate, aligned);
        PointErrors.Distances(joints, aligned, distances);
        _jointsScaled.Add(distances);
    }

    private void AddVertices(ReadOnlySpan<Vector3d> vertices, ReadOnlySpan<Vector3d> estimate, in SimilarityAlignment byJoints)
    {
        Span<Vector3d> aligned = new Vector3d[estimate.Length];
        if (_vertices is not null && _verticesAligned is not null)
        {
            Span<double> distances = new double[vertices.Length];
            PointErrors.Distances(vertices, estimate, distances);
            _vertices.Add(distances);
            SimilarityAlignment.Find(vertices, estimate).Apply(estimate, aligned);
            PointErrors.Distances(vertices, aligned, distances);
            _verticesAligned.Add(distances);
        }
        else
        {
            byJoints.ApplyAsPublished(estimate, aligned);
        }

        Span<double> scores = stackalloc double[_fThresholds.Length];
        AddF(vertices, estimate, scores, _f);
        AddF(vertices, aligned, scores, _fAligned);
    }

    private static void AddF(ReadOnlySpan<Vector3d> vertices, ReadOnlySpan<Vector3d> estimate, Span<double> scores, double[] sums)
    {
        FScore.Compute(vertices, estimate, _fThresholds, scores);
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] += scores[i];
        }
    }
}
