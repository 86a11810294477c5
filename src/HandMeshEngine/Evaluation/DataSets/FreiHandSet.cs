namespace HandMeshEngine.Evaluation.DataSets;

/// <summary>FreiHAND v2: right hands, 224x224, metres, constant box unless published boxes lie beside (docs/evaluation.md, FreiHAND).</summary>
internal sealed class FreiHandSet : EvaluationSet
{
    // What the released codes of CMR, MobRecon and HandDGP evaluate with.
    private static readonly HandBox _constantBox = new(62, 62, 100, 100);

    private readonly string _split;
    // Masks are JPEG: white has noise, and a public loader takes 240.
    private const byte WhiteOfMasks = 240;

    private readonly bool _training;

    public FreiHandSet(string folder, bool training)
        : base("freihand", folder)
    {
        _training = training;
        _split = training ? "training" : "evaluation";
        Require(folder, $"{_split}_K.json");
    }

    public override IReadOnlyList<PckThresholds> Curves { get; } = [PckThresholds.Challenge, PckThresholds.Wide];

    public override bool HasChallenge => !_training;

    public override IEnumerable<EvaluationImage> Read()
    {
        using IEnumerator<Vector3d[]> cameras = JsonPoints.Read(Path.Combine(Source, $"{_split}_K.json"), 3, "rows of K").GetEnumerator();
        using IEnumerator<double> scales = Scales().GetEnumerator();
        using IEnumerator<Vector3d[]>? joints = Optional("xyz", HandMesh.JointCount, "joints");
        using IEnumerator<Vector3d[]>? vertices = Optional("verts", null, "vertices");
        for (int index = 0; cameras.MoveNext(); index++)
        {
            string name = $"{index:D8}";
            Vector3d[] k = cameras.Current;
            Vector3d[]? truth = Next(joints, "xyz", index);
            double? scale = scales.MoveNext() ? scales.Current : null;
            yield return new EvaluationImage(name, Path.Combine(Source, _split, "rgb", name + ".jpg"))
            {
                Camera = CameraOf(k, index),
                Box = _constantBox,
                Handedness = Handedness.Right,
                RootDepth = truth?[0].Z,
                BoneLength = scale,
                Joints = truth is null ? null : HandChecks.Require(truth, Path.Combine(Source, $"{_split}_xyz.json"), $"image {index}"),
                Vertices = Next(vertices, "verts", index),
                Mask = MaskOf(name),
                MaskOver = WhiteOfMasks,
            };
        }

        RequireEnd(joints, "xyz");
        RequireEnd(vertices, "verts");
    }

    private string? MaskOf(string name)
    {
        string path = Path.Combine(Source, _split, "mask", name + ".jpg");
        return _training && File.Exists(path) ? path : null;
    }

    private Camera CameraOf(Vector3d[] k, int index)
    {
        try
        {
            return new Camera(k[0].X, k[1].Y, k[0].Z, k[1].Z);
        }
        catch (ArgumentException error)
        {
            throw new DataSetException(Path.Combine(Source, $"{_split}_K.json"), $"image {index}: {error.Message}", error);
        }
    }

    private IEnumerator<Vector3d[]>? Optional(string part, int? points, string what)
    {
        string path = Path.Combine(Source, $"{_split}_{part}.json");
        return File.Exists(path) ? JsonPoints.Read(path, points, what).GetEnumerator() : null;
    }

    private Vector3d[]? Next(IEnumerator<Vector3d[]>? values, string part, int index) => values is null ? null
        : values.MoveNext() ? values.Current
        : throw new DataSetException(Path.Combine(Source, $"{_split}_{part}.json"), $"it has {index} images, {_split}_K.json has more; both must belong to one release");

    private void RequireEnd(IEnumerator<Vector3d[]>? values, string part)
    {
        if (values is not null && values.MoveNext())
        {
            throw new DataSetException(Path.Combine(Source, $"{_split}_{part}.json"), $"it has more images than {_split}_K.json; both must belong to one release");
        }
    }

    private IEnumerable<double> Scales()
    {
        string path = Path.Combine(Source, $"{_split}_scale.json");
        if (!File.Exists(path))
        {
            yield break;
        }

        using var tokens = new JsonTokens(path);
        tokens.Require(System.Text.Json.JsonTokenType.StartArray, "an array of scales");
        while (tokens.Read() && tokens.Type == System.Text.Json.JsonTokenType.Number)
        {
            yield return tokens.Number;
        }
    }
}
