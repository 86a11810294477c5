using System.Text.Json;

namespace HandMeshEngine.Export;

/// <summary>
/// A <c>hands.json</c>, or a line of a sequence, as data (docs/files.md, docs/hands.schema.json): what programs read, keep and serialise, with
/// <see cref="HandsJsonContext"/> without reflection. Metres in camera space, pixels of the upright image. Immutable.
/// </summary>
public sealed record HandsDocument
{
    /// <summary>Number of the frame, from 0; null in the document of one image.</summary>
    public int? Frame { get; init; }

    /// <summary>Name of the frame's file; null in the document of one image.</summary>
    public string? File { get; init; }

    /// <summary>When the frame was taken, seconds.</summary>
    public double? Seconds { get; init; }

    /// <summary>Why the frame has no answer; null if it has.</summary>
    public string? Problem { get; init; }

    /// <summary>The image's size; null where there is a problem.</summary>
    public HandsImage? Image { get; init; }

    /// <summary>The camera that was used; null where there is a problem.</summary>
    public HandsCamera? Camera { get; init; }

    /// <summary>Id of the system.</summary>
    public string? System { get; init; }

    /// <summary>What computed it.</summary>
    public string? Device { get; init; }

    /// <summary>What tells results of other options or weights apart.</summary>
    public string? Run { get; init; }

    /// <summary>What was wrong with the file although it could be decoded.</summary>
    public IReadOnlyList<string>? Notes { get; init; }

    /// <summary>The hands; may be empty.</summary>
    public IReadOnlyList<HandsHand> Hands { get; init; } = [];

    /// <summary>An answer as data.</summary>
    public static HandsDocument From(PredictionRecord prediction)
    {
        using var stream = new MemoryStream();
        HandsJson.Write(stream, prediction);
        stream.Position = 0;
        return Read(stream);
    }

    /// <summary>Reads a document.</summary>
    /// <param name="stream">UTF-8; read to its end, stays open.</param>
    /// <exception cref="FormatException">It is no such document; the message says where.</exception>
    public static HandsDocument Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            return JsonSerializer.Deserialize(stream, HandsJsonContext.Default.HandsDocument) ?? throw new FormatException("the document is null, not hands");
        }
        catch (JsonException exception)
        {
            throw Refusal(exception, line: null);
        }
    }

    /// <summary>Reads the lines of a sequence as they are asked for.</summary>
    /// <param name="path">A <c>.jsonl</c> file.</param>
    /// <exception cref="FormatException">A line is no such document; the message says which and where. Thrown while enumerating.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IEnumerable<HandsDocument> ReadLines(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        int number = 0;
        foreach (string line in global::System.IO.File.ReadLines(path))
        {
            number++;
            if (line.Length > 0)
            {
                yield return Line(line, number);
            }
        }
    }

    private static HandsDocument Line(string text, int number)
    {
        try
        {
            return JsonSerializer.Deserialize(text, HandsJsonContext.Default.HandsDocument) ?? throw new FormatException($"line {number} is null, not hands");
        }
        catch (JsonException exception)
        {
            throw Refusal(exception, number);
        }
    }

    private static FormatException Refusal(JsonException exception, int? line)
    {
        string where = line is { } number ? $"line {number}" : $"line {exception.LineNumber + 1}";
        return new FormatException(FormattableString.Invariant(
            $"this is no hands.json: {where}, byte {exception.BytePositionInLine}, at {exception.Path ?? "$"}; docs/hands.schema.json says what belongs there"), exception);
    }
}
