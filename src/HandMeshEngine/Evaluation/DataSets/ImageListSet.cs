using System.Text.Json;

namespace HandMeshEngine.Evaluation.DataSets;

/// <summary>Any images with what is known about each: JSON Lines, one object an image (docs/evaluation.md, Image list).</summary>
internal sealed class ImageListSet : EvaluationSet
{
    private readonly string _folder;

    public ImageListSet(string path)
        : base("list", path)
    {
        if (!File.Exists(path))
        {
            throw new DataSetException(path, "there is no such file; give the JSON Lines file of the list");
        }

        _folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".";
    }

    public override IReadOnlyList<PckThresholds> Curves { get; } = [PckThresholds.Challenge, PckThresholds.Wide];

    public override IEnumerable<EvaluationImage> Read()
    {
        int number = 0;
        foreach (string line in RegularFile.ReadLines(Source))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return Parse(line, number);
            }
        }
    }

    private EvaluationImage Parse(string line, int number)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            EvaluationImage? image = null;
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                if (property.Name == "file")
                {
                    string name = property.Value.GetString() is { Length: > 0 } text ? text : throw new FormatException("'file' is empty");
                    image = new EvaluationImage(name, Path.Combine(_folder, name));
                }
            }

            image = image ?? throw new FormatException("'file' is missing");
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                image = With(image, property.Name, property.Value);
            }

            return image.Lens is not null && image.Camera is null
                ? throw new FormatException("the lens belongs to a 'camera', which is missing")
                : image;
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException or ArgumentException or KeyNotFoundException)
        {
            throw new DataSetException(Source, $"line {number}: {error.Message.TrimEnd('.')}", error);
        }
    }

    private EvaluationImage With(EvaluationImage image, string key, JsonElement value) => key switch
    {
        "file" => image,
        "camera" => image with { Camera = Numbers(value, key, 4) is [var fx, var fy, var cx, var cy] ? new Camera(fx, fy, cx, cy) : null },
        "distortion" => image with { Lens = ListLens.FromDistortion([.. value.EnumerateArray().Select(number => number.GetDouble())]) },
        "lens" => image with { Lens = ListLens.FromModel(value) },
        "box" => image with { Box = Numbers(value, key, 4) is [var x, var y, var w, var h] ? new HandBox(x, y, w, h) : null },
        "boxIsCrop" => image with { BoxIsCrop = value.GetBoolean() },
        "handedness" => image with { Handedness = SideOf(value) },
        "rootDepth" => image with { RootDepth = Length(value, key) },
        "handScale" => image with { BoneLength = Length(value, key) },
        "handSize" => image with { HandSize = Length(value, key) },
        "joints" => image with { Joints = HandChecks.Require(Points(value, key, HandMesh.JointCount), Source, image.Id) },
        "vertices" => image with { Vertices = Points(value, key, null) },
        "valid" => image with { Valid = [.. Numbers(value, key, HandMesh.JointCount).Select(flag => flag != 0)] },
        "mask" => image with { Mask = Path.Combine(_folder, value.GetString() ?? string.Empty) },
        _ => throw new FormatException($"'{key}' is not known; docs/evaluation.md lists the keys"),
    };

    private static Handedness SideOf(JsonElement value) => value.GetString() switch
    {
        "left" => Handedness.Left,
        "right" => Handedness.Right,
        _ => throw new FormatException("'handedness' must be \"left\" or \"right\""),
    };

    private static double Length(JsonElement value, string key) => value.GetDouble() is var metres && metres > 0 && double.IsFinite(metres)
        ? metres
        : throw new FormatException($"'{key}' must be a length in metres above 0");

    private static double[] Numbers(JsonElement value, string key, int count)
    {
        double[] numbers = [.. value.EnumerateArray().Select(number => number.GetDouble())];
        return numbers.Length == count ? numbers : throw new FormatException($"'{key}' has {numbers.Length} numbers, expected {count}");
    }

    private static Vector3d[] Points(JsonElement value, string key, int? count)
    {
        Vector3d[] points = [.. value.EnumerateArray().Select(point => Numbers(point, key, 3) is [var x, var y, var z] ? new Vector3d(x, y, z) : default)];
        return points.Length > 0 && points.Length == (count ?? points.Length) ? points
            : throw new FormatException($"'{key}' has {points.Length} points, expected {count?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "some"}");
    }
}
