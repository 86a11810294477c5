namespace HandMeshEngine.Evaluation.DataSets;

/// <summary>
/// The 583 real images of Ge et al.: left hands, already cropped to 256x256, labels in centimetres (docs/evaluation.md, Ge et al.).
/// </summary>
internal sealed class GeSet : EvaluationSet
{
    private const double Side = 256;

    // Vertices of the template's stub of an arm, which the network does not have.
    private const int FirstArm = 473;
    private const int LastArm = 528;

    private readonly string _parameters;
    private readonly string _poses;

    public GeSet(string folder)
        : base("ge", folder) => (_parameters, _poses) = (Require(folder, "params.mat"), Require(folder, "pose_gt.mat"));

    public override IReadOnlyList<PckThresholds> Curves { get; } = [PckThresholds.Challenge, PckThresholds.Upper20, PckThresholds.Upper100];

    public override string Conventions => "root depth and a constant scale of 5 cm are given; unaligned errors are the paper's";

    public override IEnumerable<EvaluationImage> Read()
    {
        MatFile parameters = MatFile.Read(_parameters);
        MatArray poses = MatFile.Read(_poses)["pose_gt"].Require(_poses, "pose_gt", -1, HandMesh.JointCount, 3);
        int count = poses.Shape[0];
        MatArray cameras = parameters["cam_param"].Require(_parameters, "cam_param", count, 4);
        MatArray boxes = parameters["bbox"].Require(_parameters, "bbox", count, 4);
        MatArray roots = parameters["pose_root"].Require(_parameters, "pose_root", count, 3);
        string[] files = Files(parameters["image_path"], count);
        for (int i = 0; i < count; i++)
        {
            var joints = new Vector3d[HandMesh.JointCount];
            for (int joint = 0; joint < joints.Length; joint++)
            {
                double At(int axis) => poses.Values[i + (count * (joint + (HandMesh.JointCount * axis)))] / 100;
                joints[joint] = new Vector3d(At(0), At(1), At(2));
            }

            double ratio = Side / boxes.Values[i + (2 * count)];
            double Camera(int column) => cameras.Values[i + (column * count)];
            yield return new EvaluationImage(Path.GetFileNameWithoutExtension(files[i]), files[i])
            {
                Camera = new Camera(
                    Camera(0) * ratio, Camera(1) * ratio, (Camera(2) - boxes.Values[i]) * ratio, (Camera(3) - boxes.Values[i + count]) * ratio),
                Box = new HandBox(0, 0, Side, Side),
                BoxIsCrop = true,
                Handedness = Handedness.Left,
                RootDepth = roots.Values[i + (2 * count)] / 100,
                BoneLength = 0.05,
                Joints = HandChecks.Require(joints, _poses, $"image {i}"),
                Vertices = Mesh(files[i]),
            };
        }
    }

    private string[] Files(MatArray paths, int count)
    {
        paths.Require(_parameters, "image_path", count, -1);
        string[] files = new string[count];
        for (int i = 0; i < count; i++)
        {
            var text = new StringBuilder();
            for (int column = 0; column < paths.Shape[1]; column++)
            {
                text.Append((char)paths.Values[i + (column * count)]);
            }

            files[i] = Path.Combine(Source, "images", Path.GetFileName(text.ToString().Trim('\0', ' ').Replace('\\', '/')));
        }

        return files;
    }

    private Vector3d[]? Mesh(string image)
    {
        string path = Path.Combine(Source, "real_hand_3D_mesh", Path.GetFileNameWithoutExtension(image) + ".obj");
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var text = new StreamReader(path);
            double[] v = ObjFile.Read(text).Vertices;
            var vertices = new List<Vector3d>(v.Length / 3);
            for (int i = 0; i < v.Length / 3; i++)
            {
                if (i is < FirstArm or > LastArm)
                {
                    vertices.Add(new Vector3d(v[3 * i], v[(3 * i) + 1], v[(3 * i) + 2]) * 0.01);
                }
            }

            return [.. vertices];
        }
        catch (Exception error) when (error is ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new DataSetException(path, error.Message, error);
        }
    }
}
