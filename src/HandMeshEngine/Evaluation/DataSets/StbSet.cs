namespace HandMeshEngine.Evaluation.DataSets;

/// <summary>
/// STB, the SK camera, test sequences B1Counting and B1Random: left hands, 640x480. Labels are millimetres in the depth camera with the
/// palm as joint 0; truth is the colour camera with the wrist (docs/evaluation.md, STB).
/// </summary>
internal sealed class StbSet : EvaluationSet
{
    private static readonly string[] _sequences = ["B1Counting", "B1Random"];
    private static readonly Camera _colour = new(607.92271, 607.88192, 314.78337, 236.42484);

    // Depth camera to colour camera: p_colour = R^T (p - t), R from this rotation vector, t in millimetres.
    private static readonly Vector3d _turn = new(0.00531, -0.01196, 0.00301);
    private static readonly Vector3d _shift = new(-24.0381, -0.4563, -1.2326);

    public StbSet(string folder)
        : base("stb", folder)
    {
        foreach (string sequence in _sequences)
        {
            Require(folder, "labels", $"{sequence}_SK.mat");
        }
    }

    public override IReadOnlyList<PckThresholds> Curves { get; } =
        [PckThresholds.RhdStb, PckThresholds.RhdStbUpper, PckThresholds.Upper20, PckThresholds.Upper100];

    public override string Conventions => "wrist = 2 palm - base of the ring finger; wrist-based errors do not compare with palm-based ones";

    /// <summary>One frame's labels as joints in our order, colour camera, metres.</summary>
    public static Vector3d[] ToOurs(ReadOnlySpan<Vector3d> millimetres)
    {
        double angle = _turn.Length;
        Vector3d axis = _turn * (Math.Sin(angle / 2) / angle);
        Matrix3d back = Rotations.FromQuaternion(Math.Cos(angle / 2), axis.X, axis.Y, axis.Z).Transposed;
        var colour = new Vector3d[HandMesh.JointCount];
        for (int i = 0; i < colour.Length; i++)
        {
            colour[i] = (back * (millimetres[i] - _shift)) * 0.001;
        }

        var ours = new Vector3d[HandMesh.JointCount];
        JointOrder.Stb.ToOurs(colour, ours);
        ours[0] = JointOrder.WristFromPalm(ours[0], ours[13]);
        return ours;
    }

    public override IEnumerable<EvaluationImage> Read()
    {
        double[]? boxes = ReadBoxes();
        int index = 0;
        foreach (string sequence in _sequences)
        {
            string labels = Path.Combine(Source, "labels", $"{sequence}_SK.mat");
            MatArray pose = MatFile.Read(labels)["handPara"].Require(labels, "handPara", 3, HandMesh.JointCount, -1);
            int frames = pose.Shape[2];
            for (int frame = 0; frame < frames; frame++)
            {
                var millimetres = new Vector3d[HandMesh.JointCount];
                for (int joint = 0; joint < millimetres.Length; joint++)
                {
                    int at = 3 * ((HandMesh.JointCount * frame) + joint);
                    millimetres[joint] = new Vector3d(pose.Values[at], pose.Values[at + 1], pose.Values[at + 2]);
                }

                Vector3d[] joints = HandChecks.Require(ToOurs(millimetres), labels, $"frame {frame}");
                yield return new EvaluationImage($"{sequence}/{frame}", Path.Combine(Source, sequence, $"SK_color_{frame}.png"))
                {
                    Camera = _colour,
                    Box = boxes is null ? null : new HandBox(boxes[index], boxes[index + (boxes.Length / 4)], boxes[index + (boxes.Length / 2)], boxes[index + (boxes.Length / 4 * 3)]),
                    BoxIsCrop = boxes is not null,
                    Handedness = Handedness.Left,
                    RootDepth = joints[0].Z,
                    BoneLength = (joints[10] - joints[9]).Length,
                    Joints = joints,
                };
                index++;
                if (boxes is not null && index >= boxes.Length / 4 && !(sequence == _sequences[^1] && frame == frames - 1))
                {
                    throw new DataSetException(Path.Combine(Source, "STB_eval_bboxes.mat"), $"it has {boxes.Length / 4} boxes, the labels have more frames");
                }
            }
        }
    }

    // graphhand's crops, if they lie beside the set.
    private double[]? ReadBoxes()
    {
        string path = Path.Combine(Source, "STB_eval_bboxes.mat");
        return File.Exists(path) ? MatFile.Read(path)["bboxes"].Require(path, "bboxes", -1, 4).Values : null;
    }
}
