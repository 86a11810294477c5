using System.Text.Json;

namespace HandMeshEngine.Evaluation.DataSets;

/// <summary>Arrays of points as data sets and challenges store them: [image][point][3].</summary>
internal static class JsonPoints
{
    // No hand mesh has more.
    private const int MostPoints = 1 << 20;

    /// <summary>The images of a file that holds one such array.</summary>
    /// <param name="path">The file.</param>
    /// <param name="points">Points an image, or null to let the first image decide.</param>
    /// <param name="what">What the points are, for messages.</param>
    public static IEnumerable<Vector3d[]> Read(string path, int? points, string what)
    {
        using var tokens = new JsonTokens(path);
        foreach (Vector3d[] image in ReadArray(tokens, points, what))
        {
            yield return image;
        }
    }

    /// <summary>The images of the array that comes next.</summary>
    public static IEnumerable<Vector3d[]> ReadArray(JsonTokens tokens, int? points, string what)
    {
        tokens.Require(JsonTokenType.StartArray, $"an array of {what}");
        for (int index = 0; ; index++)
        {
            if (!tokens.Read())
            {
                throw new DataSetException(tokens.File, $"the file ends after {index} images of {what}");
            }

            if (tokens.Type == JsonTokenType.EndArray)
            {
                yield break;
            }

            Vector3d[] image = ReadImage(tokens, $"{what} of image {index}");
            points ??= image.Length;
            if (image.Length != points)
            {
                throw new DataSetException(tokens.File, $"image {index} has {image.Length} {what} where {points} are expected");
            }

            yield return image;
        }
    }

    /// <summary>The points of the array whose first token was just read.</summary>
    public static Vector3d[] ReadImage(JsonTokens tokens, string what)
    {
        if (tokens.Type != JsonTokenType.StartArray)
        {
            throw tokens.Misfit($"an array of {what}");
        }

        var points = new List<Vector3d>();
        Span<double> xyz = stackalloc double[3];
        while (tokens.Read() && tokens.Type == JsonTokenType.StartArray)
        {
            foreach (ref double component in xyz)
            {
                tokens.Require(JsonTokenType.Number, $"a number of {what}");
                component = tokens.Number;
            }

            tokens.Require(JsonTokenType.EndArray, $"the end of a point of {what} (three numbers)");
            points.Add(new Vector3d(xyz[0], xyz[1], xyz[2]));
            if (points.Count > MostPoints)
            {
                throw new DataSetException(tokens.File, $"there are more than {MostPoints} {what}; this is no hand");
            }
        }

        return tokens.Type == JsonTokenType.EndArray ? [.. points] : throw tokens.Misfit($"a point or the end of the {what}");
    }
}
