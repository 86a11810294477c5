namespace HandMeshEngine.Bench.Accuracy;

/// <summary>A prediction held against the truth. Lengths in metres; NaN where there is nothing to measure.</summary>
/// <param name="Found">A hand stands where the true one does.</param>
/// <param name="Elsewhere">Hands that stand where none is.</param>
/// <param name="SideRight">The found hand is the person's left or right one.</param>
internal readonly record struct Judgement(bool Found, int Elsewhere, bool SideRight)
{
    // Of the hand's longest side in the picture; crops that are farther off show another thing.
    private const float SamePlace = 0.35f;

    private static readonly int[] _palm = [0, 5, 9, 13, 17];

    /// <summary>Mean over the 21 joints, camera space.</summary>
    public double Joints { get; init; } = double.NaN;

    /// <summary>The same by the distance of the true wrist.</summary>
    public double JointsByDistance { get; init; } = double.NaN;

    /// <summary>Mean over the joints after a similarity alignment, which may not mirror.</summary>
    public double JointsAligned { get; init; } = double.NaN;

    /// <summary>Mean over the 1360 vertices, camera space; with the wrong side's mesh there is none.</summary>
    public double Vertices { get; init; } = double.NaN;

    /// <summary>After aligning vertices.</summary>
    public double VerticesAligned { get; init; } = double.NaN;

    /// <summary>Mean distance of keypoints by the hand's longest side in the picture.</summary>
    public double Keypoints { get; init; } = double.NaN;

    /// <summary>Intersection over union of the silhouettes.</summary>
    public double Overlap { get; init; } = double.NaN;

    /// <summary>Finds the hand that is meant by where its palm stands.</summary>
    /// <returns>Its index, or -1, and how many others there are.</returns>
    public static (int Index, int Others) Match(HandResult result, ReadOnlySpan<Vector2> keypoints)
    {
        float side = LongestSide(keypoints), best = SamePlace * side;
        int index = -1;
        for (int i = 0; i < result.Count; i++)
        {
            float off = Vector2.Distance(Middle(result[i].Keypoints), Middle(keypoints));
            if (off < best)
            {
                (index, best) = (i, off);
            }
        }

        return (index, result.Count - (index < 0 ? 0 : 1));
    }

    /// <summary>Judges a prediction of a render.</summary>
    public static Judgement Of(HandResult result, PlacedHand truth, Handedness side, Condition condition)
    {
        (int index, int others) = Match(result, truth.Keypoints);
        if (index < 0)
        {
            return new Judgement(false, others, false);
        }

        HandMesh hand = result[index];
        Vector3d[] joints = [.. hand.Joints.ToArray().Select(Vector3d.From)];
        bool sideRight = hand.Handedness == side;
        var judged = new Judgement(true, others, sideRight)
        {
            Joints = hand.Placement.IsPlaced ? Mean(truth.Joints, joints) : double.NaN,
            JointsByDistance = hand.Placement.IsPlaced ? Mean(truth.Joints, joints) / truth.Joints[0].Length : double.NaN,
            JointsAligned = Aligned(truth.Joints, joints),
            Keypoints = hand.Keypoints.ToArray().Zip(truth.Keypoints, Vector2.Distance).Average() / LongestSide(truth.Keypoints),
        };
        if (!sideRight || !hand.Placement.IsPlaced)
        {
            return judged;
        }

        Vector3d[] vertices = [.. hand.Vertices.ToArray().Select(Vector3d.From)];
        return judged with
        {
            Vertices = Mean(truth.Vertices, vertices),
            VerticesAligned = Aligned(truth.Vertices, vertices),
            Overlap = OverlapOf(truth, vertices, condition),
        };
    }

    /// <summary>How well the rig fits when the joints are true.</summary>
    public static Judgement OfFit(PlacedHand truth, Condition condition)
    {
        HandRig rig = truth.Hand.Rig;
        var fit = new RigFit();
        fit.Solve(rig, truth.Joints);
        var fitted = new Vector3[rig.RestVertices.Length];
        new Skinner().Skin(rig, fit.Bones, fitted);
        Vector3d[] vertices = [.. fitted.Select(Vector3d.From)];
        return new Judgement(true, 0, true)
        {
            Vertices = Mean(truth.Vertices, vertices),
            VerticesAligned = Aligned(truth.Vertices, vertices),
            Overlap = OverlapOf(truth, vertices, condition),
        };
    }

    /// <summary>Of the keypoints' bounds.</summary>
    public static float LongestSide(ReadOnlySpan<Vector2> keypoints)
    {
        Vector2 low = keypoints[0], high = keypoints[0];
        foreach (Vector2 point in keypoints)
        {
            (low, high) = (Vector2.Min(low, point), Vector2.Max(high, point));
        }

        return Math.Max(high.X - low.X, high.Y - low.Y);
    }

    /// <summary>Mean distance after the similarity that fits best.</summary>
    public static double Aligned(Vector3d[] truth, Vector3d[] estimate)
    {
        var aligned = new Vector3d[estimate.Length];
        SimilarityAlignment.Find(truth, estimate, allowMirror: false).Apply(estimate, aligned);
        return Mean(truth, aligned);
    }

    private static double OverlapOf(PlacedHand truth, Vector3d[] vertices, Condition condition)
    {
        ReadOnlySpan<int> faces = truth.Hand.Surface.Faces;
        Silhouette expected = MeshRaster.Mask(truth.Vertices, faces, truth.Camera, condition.Width, condition.Height);
        Silhouette actual = MeshRaster.Mask(vertices, faces, truth.Camera, condition.Width, condition.Height);
        return Silhouette.IntersectionOverUnion(expected, actual) ?? double.NaN;
    }

    private static double Mean(Vector3d[] truth, Vector3d[] estimate)
    {
        var distances = new double[truth.Length];
        PointErrors.Distances(truth, estimate, distances);
        return distances.Average();
    }

    private static Vector2 Middle(ReadOnlySpan<Vector2> keypoints)
    {
        Vector2 sum = default;
        foreach (int i in _palm)
        {
            sum += keypoints[i];
        }

        return sum / _palm.Length;
    }
}
