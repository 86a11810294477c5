namespace HandMeshEngine.Evaluation.Report;

/// <summary>The statistics of a whole set, filled image by image.</summary>
internal sealed class SetStatistics(IReadOnlyList<PckThresholds> curves)
{
    private Series? _vertices;
    private Series? _verticesAligned;

    public Series Joints { get; } = new(HandMesh.JointCount, curves, medians: true);

    public Series JointsRootRelative { get; } = new(HandMesh.JointCount, curves, medians: true);

    public Series JointsAligned { get; } = new(HandMesh.JointCount, curves, medians: true);

    public Series? Vertices => _vertices;

    public Series? VerticesAligned => _verticesAligned;

    /// <summary>Images whose best alignment mirrors the joints.</summary>
    public int Mirrored { get; set; }

    public Series VerticesOf(int count) => _vertices ??= new Series(count, curves, medians: false);

    public Series VerticesAlignedOf(int count) => _verticesAligned ??= new Series(count, curves, medians: false);

    /// <summary>One kind of error over the set.</summary>
    internal sealed class Series(int points, IReadOnlyList<PckThresholds> curves, bool medians)
    {
        public ErrorStatistics Statistics { get; } = new(points, curves, medians);

        public bool HasMedian { get; } = medians;

        /// <summary>Adds an image's distances, metres.</summary>
        /// <returns>Their mean over the valid points, millimetres; NaN if none is valid.</returns>
        public double Take(ReadOnlySpan<double> distances, bool[]? valid)
        {
            Statistics.Add(distances, valid);
            double sum = 0;
            int count = 0;
            for (int i = 0; i < distances.Length; i++)
            {
                if (valid is null || valid[i])
                {
                    (sum, count) = (sum + distances[i], count + 1);
                }
            }

            return 1000 * sum / count;
        }
    }
}
