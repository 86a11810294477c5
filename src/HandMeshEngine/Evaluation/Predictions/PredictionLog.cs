using System.Text.Json;
using HandMeshEngine.Evaluation.DataSets;

namespace HandMeshEngine.Evaluation.Predictions;

/// <summary>
/// Predictions as JSON Lines, in the order of the set: a first line that says what was run on what, then an image a line. Lines are
/// complete or absent, so that a run that was killed goes on where it stopped (docs/evaluation.md, Predictions).
/// </summary>
public static class PredictionLog
{
    /// <summary>The first line: another run may be resumed only if its line is the same.</summary>
    /// <param name="set">The layout and split.</param>
    /// <param name="system">System, variant and options that change a result.</param>
    /// <param name="weights">What identifies the weights, for example their SHA-256.</param>
    public static string Header(string set, string system, string weights)
    {
        var text = new StringBuilder();
        using (var stream = new MemoryStream())
        {
            using (var writer = new Utf8JsonWriter(stream))
            {
                writer.WriteStartObject();
                writer.WriteNumber("handmesh.predictions", 1);
                writer.WriteString("set", set);
                writer.WriteString("system", system);
                writer.WriteString("weights", weights);
                writer.WriteEndObject();
            }

            text.Append(Encoding.UTF8.GetString(stream.ToArray()));
        }

        return text.ToString();
    }

    /// <summary>One image's line, without its end.</summary>
    public static string Line(HandPrediction prediction)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        var text = new StringBuilder(64 + (30 * (prediction.Joints.Length + prediction.Vertices.Length)));
        text.Append("{\"id\":\"").Append(JsonEncodedText.Encode(prediction.Id)).Append('"');
        if (prediction.Problem.Length > 0)
        {
            text.Append(",\"problem\":\"").Append(JsonEncodedText.Encode(prediction.Problem)).Append('"');
        }

        Append(text, "joints", prediction.Joints);
        Append(text, "vertices", prediction.Vertices);
        return text.Append('}').ToString();
    }

    /// <summary>The predictions of a file; a last line that was cut off is left out.</summary>
    /// <exception cref="DataSetException">The file cannot be read or a line before the last is damaged.</exception>
    public static IEnumerable<HandPrediction> Read(string path)
    {
        using var text = Open(path);
        int number = 1;
        text.ReadLine();
        string? line = text.ReadLine();
        while (line is not null)
        {
            string? next = text.ReadLine();
            number++;
            HandPrediction? prediction = Parse(path, line, number, mayBeCut: next is null);
            if (prediction is not null)
            {
                yield return prediction;
            }

            line = next;
        }
    }

    /// <summary>
    /// How much of a log may be kept: the bytes of its whole lines, if its first line is this one.
    /// </summary>
    /// <param name="path">The log; may be absent.</param>
    /// <param name="header">The first line of the run that wants to go on.</param>
    /// <param name="images">Receives the number of images that are done.</param>
    /// <returns>0 if there is nothing to keep.</returns>
    /// <exception cref="DataSetException">The log belongs to another run, or cannot be read.</exception>
    public static long WholeBytes(string path, string header, out int images)
    {
        images = 0;
        if (!File.Exists(path))
        {
            return 0;
        }

        using StreamReader text = Open(path);
        byte[] block = new byte[1 << 16];
        long whole = 0, at = 0;
        int lines = 0;
        var first = new List<byte>();
        for (int read; (read = text.BaseStream.Read(block)) > 0;)
        {
            for (int i = 0; i < read; i++)
            {
                at++;
                if (block[i] == (byte)'\n')
                {
                    (whole, lines) = (at, lines + 1);
                }
                else if (lines == 0)
                {
                    first.Add(block[i]);
                }
            }
        }

        if (lines > 0 && Encoding.UTF8.GetString([.. first]) != header)
        {
            throw new DataSetException(path, "these predictions are of another set, system or weights; give another --out, or delete the file");
        }

        images = Math.Max(lines - 1, 0);
        return whole;
    }

    private static StreamReader Open(string path)
    {
        try
        {
            return new StreamReader(path, new UTF8Encoding(false));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataSetException(path, $"the predictions cannot be read ({error.Message.TrimEnd('.')})", error);
        }
    }

    private static void Append(StringBuilder text, string name, Vector3d[] points)
    {
        text.Append(",\"").Append(name).Append("\":[");
        for (int i = 0; i < points.Length; i++)
        {
            text.Append(i == 0 ? "[" : ",[")
                .Append(points[i].X.ToString("R", CultureInfo.InvariantCulture)).Append(',')
                .Append(points[i].Y.ToString("R", CultureInfo.InvariantCulture)).Append(',')
                .Append(points[i].Z.ToString("R", CultureInfo.InvariantCulture)).Append(']');
        }

        text.Append(']');
    }

    private static HandPrediction? Parse(string path, string line, int number, bool mayBeCut)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            string problem = root.TryGetProperty("problem", out JsonElement said) ? said.GetString() ?? string.Empty : string.Empty;
            return new HandPrediction(root.GetProperty("id").GetString() ?? string.Empty, Points(root.GetProperty("joints")), Points(root.GetProperty("vertices")), problem);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return mayBeCut ? null : throw new DataSetException(path, $"line {number} is damaged", error);
        }
    }

    private static Vector3d[] Points(JsonElement array)
    {
        var points = new Vector3d[array.GetArrayLength()];
        int i = 0;
        foreach (JsonElement point in array.EnumerateArray())
        {
            points[i++] = point.GetArrayLength() == 3
                ? new Vector3d(point[0].GetDouble(), point[1].GetDouble(), point[2].GetDouble())
                : throw new FormatException("a point needs three numbers");
        }

        return points;
    }
}
