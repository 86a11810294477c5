using HandMeshEngine.Checkpoints.Numpy;
using HandMeshEngine.Checkpoints.Pickle;
using HandMeshEngine.Images;

namespace HandMeshEngine.Evaluation.DataSets;

/// <summary>
/// RHD: rendered pairs of hands, 320x320, metres. The hand with more mask pixels counts, the right one if both have as many
/// (docs/evaluation.md, RHD).
/// </summary>
internal sealed class RhdSet : EvaluationSet
{
    // The annotations of the training part: 41,258 dictionaries of three arrays.
    private static readonly CheckpointLimits _annotationLimits = new() { PickleSteps = 16_000_000 };

    // Mask values of the left hand's and the right hand's parts; 0 and 1 are no hand.
    private const int FirstLeft = 2;
    private const int FirstRight = 18;
    private const int LastRight = 33;

    private readonly string _split;
    private readonly string _annotations;

    public RhdSet(string folder, bool training)
        : base("rhd", folder)
    {
        _split = training ? "training" : "evaluation";
        _annotations = Require(folder, _split, $"anno_{_split}.pickle");
    }

    public override IReadOnlyList<PckThresholds> Curves { get; } =
        [PckThresholds.RhdStb, PckThresholds.RhdStbUpper, PckThresholds.Upper20, PckThresholds.Upper100];

    public override string Conventions => "wrist-based; the hand with more mask pixels";

    public override IEnumerable<EvaluationImage> Read()
    {
        var decoder = new ImageDecoder();
        foreach ((long number, object? annotation) in Annotations())
        {
            yield return OfImage(decoder, number, annotation);
        }
    }

    private List<(long Number, object? Annotation)> Annotations()
    {
        object? file;
        try
        {
            file = PickleFile.Read(_annotations, _annotationLimits);
        }
        catch (CheckpointException error)
        {
            throw new DataSetException(_annotations, error.Message, error);
        }

        if (file is not PyDict images)
        {
            throw new DataSetException(_annotations, $"this is {PickleText.Describe(file)}, expected a dictionary of images");
        }

        var sorted = new List<(long Number, object? Annotation)>();
        foreach ((object? key, object? value) in images.Items)
        {
            sorted.Add(key is long number and >= 0 ? (number, value) : throw new DataSetException(_annotations, "an image has no number"));
        }

        sorted.Sort((a, b) => a.Number.CompareTo(b.Number));
        return sorted;
    }

    private EvaluationImage OfImage(ImageDecoder decoder, long number, object? annotation)
    {
        string name = number.ToString("D5", CultureInfo.InvariantCulture) + ".png";
        try
        {
            Tensor xyz = Entry(annotation, "xyz", [2 * HandMesh.JointCount, 3]), k = Entry(annotation, "K", [3, 3]);
            Tensor visible = Entry(annotation, "uv_vis", [2 * HandMesh.JointCount, 3]);
            bool left = LeftIsLarger(decoder.Load(Path.Combine(Source, _split, "mask", name)));
            int first = left ? 0 : HandMesh.JointCount;
            var theirs = new Vector3d[HandMesh.JointCount];
            bool[] valid = new bool[HandMesh.JointCount];
            for (int i = 0; i < theirs.Length; i++)
            {
                int row = 3 * (first + i);
                theirs[i] = new Vector3d(xyz[row], xyz[row + 1], xyz[row + 2]);
            }

            var ours = new Vector3d[HandMesh.JointCount];
            JointOrder.Rhd.ToOurs(theirs, ours);
            for (int i = 0; i < valid.Length; i++)
            {
                valid[i] = visible[(3 * (first + JointOrder.Rhd.Take[i])) + 2] == 1;
            }

            HandChecks.Require(ours, _annotations, $"image {number}");
            return new EvaluationImage(number.ToString("D5", CultureInfo.InvariantCulture), Path.Combine(Source, _split, "color", name))
            {
                Camera = new Camera(k[0], k[4], k[2], k[5]),
                Box = BoxOf(ours, k),
                Handedness = left ? Handedness.Left : Handedness.Right,
                RootDepth = ours[0].Z,
                BoneLength = (ours[10] - ours[9]).Length,
                Joints = ours,
                Valid = valid,
            };
        }
        catch (Exception error) when (error is CheckpointException or ImageException or ArgumentException)
        {
            throw new DataSetException(_annotations, $"image {number}: {error.Message}", error);
        }
    }

    private Tensor Entry(object? annotation, string key, int[] shape)
    {
        Tensor tensor = PickledTables.Array(PickledTables.Entry(annotation, key, _annotations), _annotations, key);
        return tensor.Shape.Rank == 2 && tensor.Shape[0] == shape[0] && tensor.Shape[1] == shape[1] ? tensor : throw new ArgumentException($"'{key}' is {tensor.Shape}, expected {new Shape(shape)}");
    }

    // The square around the projected joints: RHD states no boxes.
    private static HandBox BoxOf(Vector3d[] joints, Tensor k)
    {
        double left = double.MaxValue, top = double.MaxValue, right = double.MinValue, bottom = double.MinValue;
        foreach (Vector3d joint in joints)
        {
            double u = (k[0] * joint.X / joint.Z) + k[2], v = (k[4] * joint.Y / joint.Z) + k[5];
            (left, right) = (Math.Min(left, u), Math.Max(right, u));
            (top, bottom) = (Math.Min(top, v), Math.Max(bottom, v));
        }

        double side = Math.Max(right - left, bottom - top);
        return new HandBox(((left + right) / 2) - (side / 2), ((top + bottom) / 2) - (side / 2), side, side);
    }

    private static bool LeftIsLarger(RgbImage mask)
    {
        int left = 0, right = 0;
        for (int i = 0; i < mask.Pixels.Length; i += 3)
        {
            int value = mask.Pixels[i];
            left += value is >= FirstLeft and < FirstRight ? 1 : 0;
            right += value is >= FirstRight and <= LastRight ? 1 : 0;
        }

        return left > right;
    }
}
