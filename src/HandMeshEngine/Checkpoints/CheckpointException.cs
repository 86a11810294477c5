namespace HandMeshEngine.Checkpoints;

/// <summary>
/// A weights, table or case file cannot be used. The message is one sentence that names the file, the place inside it
/// where that is known, what is wrong and what to do.
/// </summary>
public sealed class CheckpointException : Exception
{
    /// <summary>Describes what is wrong with a file.</summary>
    /// <param name="file">The file, or a short description of the stream.</param>
    /// <param name="problem">What is wrong and what to do.</param>
    /// <param name="tensor">The tensor or entry concerned.</param>
    /// <param name="offset">Byte offset in the file, or in the entry concerned.</param>
    /// <param name="cause">The exception that revealed it.</param>
    public CheckpointException(
        string file, string problem, string? tensor = null, long? offset = null, Exception? cause = null)
        : base(Compose(file, problem, tensor, offset), cause)
    {
        File = file;
        Tensor = tensor;
        Offset = offset;
    }

    /// <summary>The file, or a short description of the stream.</summary>
    public string File { get; }

    /// <summary>The tensor or entry concerned, if one is.</summary>
    public string? Tensor { get; }

    /// <summary>Byte offset in the file (or in the entry that the message names), if known.</summary>
    public long? Offset { get; }

    private static string Compose(string file, string problem, string? tensor, long? offset)
    {
        string place = tensor is null ? "" : $" '{Printable(tensor)}'";
        if (offset is long at)
        {
            place += " at byte " + at.ToString(CultureInfo.InvariantCulture);
        }

        return $"{file}:{place}{(place.Length == 0 ? "" : ":")} {problem}";
    }

    /// <summary>Text from a file made safe for a terminal: control characters replaced, long text cut.</summary>
    internal static string Printable(string text)
    {
        const int longest = 120;
        ReadOnlySpan<char> shown = text.AsSpan(0, Math.Min(text.Length, longest));
        char[] safe = new char[shown.Length];
        for (int i = 0; i < safe.Length; i++)
        {
            safe[i] = char.IsControl(shown[i]) || char.IsSurrogate(shown[i]) ? '?' : shown[i];
        }

        return new string(safe) + (text.Length > longest ? "..." : "");
    }
}
