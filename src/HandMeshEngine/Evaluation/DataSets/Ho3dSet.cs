using HandMeshEngine.Checkpoints.Numpy;

namespace HandMeshEngine.Evaluation.DataSets;

/// <summary>
/// HO-3D v2 and v3, evaluation split: right hands, 640x480, metres, OpenGL axes; the order of evaluation.txt is the order of submission
/// (docs/evaluation.md, HO-3D).
/// </summary>
internal sealed class Ho3dSet : EvaluationSet
{
    private readonly string _list;

    public Ho3dSet(string folder)
        : base("ho3d", folder) => _list = Require(folder, "evaluation.txt");

    public override IReadOnlyList<PckThresholds> Curves { get; } = [PckThresholds.Challenge, PckThresholds.Wide];

    public override JointOrder Order => JointOrder.Ho3d;

    public override bool IsOpenGl => true;

    public override bool HasChallenge => true;

    public override string Conventions => "the given wrist is not used";

    /// <summary>OpenGL axes to ours, and back.</summary>
    public static Vector3d Turn(Vector3d point) => new(point.X, -point.Y, -point.Z);

    public override IEnumerable<EvaluationImage> Read()
    {
        using IEnumerator<Vector3d[]>? joints = Truth("evaluation_xyz.json", HandMesh.JointCount, "joints");
        using IEnumerator<Vector3d[]>? vertices = Truth("evaluation_verts.json", null, "vertices");
        int index = 0;
        foreach (string line in RegularFile.ReadLines(_list))
        {
            string[] parts = line.Trim().Split('/');
            if (line.Trim().Length == 0)
            {
                continue;
            }

            if (parts.Length != 2 || parts.Any(part => part.Length == 0 || part == ".." || part.Contains('\\', StringComparison.Ordinal)))
            {
                throw new DataSetException(_list, $"line {index + 1} is '{line}', not SEQUENCE/ID");
            }

            string folder = Path.Combine(Source, "evaluation", parts[0]);
            yield return OfFrame(line.Trim(), folder, parts[1], Next(joints, index), Next(vertices, index));
            index++;
        }
    }

    private static EvaluationImage OfFrame(string id, string folder, string frame, Vector3d[]? joints, Vector3d[]? vertices)
    {
        string meta = Path.Combine(folder, "meta", frame + ".pkl");
        string png = Path.Combine(folder, "rgb", frame + ".png"), jpg = Path.Combine(folder, "rgb", frame + ".jpg");
        Vector3d[]? ours = joints is null ? null : new Vector3d[HandMesh.JointCount];
        if (joints is not null)
        {
            JointOrder.Ho3d.ToOurs(Array.ConvertAll(joints, Turn), ours);
            HandChecks.Require(ours!, meta, id);
        }

        (Camera camera, HandBox? box) = ReadMeta(meta);
        return new EvaluationImage(id, File.Exists(png) ? png : jpg)
        {
            Camera = camera,
            Box = box,
            Handedness = Handedness.Right,
            RootDepth = ours?[0].Z,
            BoneLength = ours is null ? null : (ours[10] - ours[9]).Length,
            Joints = ours,
            Vertices = vertices is null ? null : Array.ConvertAll(vertices, Turn),
        };
    }

    private static (Camera Camera, HandBox? Box) ReadMeta(string path)
    {
        try
        {
            object? meta = PickleFile.Read(path);
            Tensor k = PickledTables.Array(PickledTables.Entry(meta, "camMat", path), path, "camMat");
            if (k.Shape.Count != 9)
            {
                throw new DataSetException(path, $"camMat is {k.Shape}, expected 3x3");
            }

            var camera = new Camera(k[0], k[4], k[2], k[5]);
            Tensor box = PickledTables.Array(PickledTables.Entry(meta, "handBoundingBox", path), path, "handBoundingBox");
            return (camera, box.Shape.Count == 4 ? new HandBox(box[0], box[1], box[2] - box[0], box[3] - box[1]) : null);
        }
        catch (Exception error) when (error is CheckpointException or ArgumentException)
        {
            throw new DataSetException(path, error.Message, error);
        }
    }

    private IEnumerator<Vector3d[]>? Truth(string name, int? points, string what)
    {
        string path = Path.Combine(Source, name);
        return File.Exists(path) ? JsonPoints.Read(path, points, what).GetEnumerator() : null;
    }

    private Vector3d[]? Next(IEnumerator<Vector3d[]>? values, int index) => values is null ? null
        : values.MoveNext() ? values.Current
        : throw new DataSetException(Source, $"evaluation.txt has more images than the truth ({index}); both must belong to one release (v2 or v3)");
}
