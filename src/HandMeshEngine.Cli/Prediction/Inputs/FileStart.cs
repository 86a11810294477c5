using HandMeshEngine.ImageSharp;

namespace HandMeshEngine.Cli.Prediction.Inputs;

/// <summary>What the first bytes of a file say it is.</summary>
/// <param name="Picture">The format's name, if it is a picture that is read.</param>
/// <param name="Kind">The kind, if it is one that is not read as a picture.</param>
/// <param name="IsDrawing">A picture that this command drew.</param>
internal readonly record struct FileStart(string? Picture, FileKind? Kind, bool IsDrawing)
{
    public bool IsVideo => Kind is { IsVideo: true };

    /// <summary>Reads the beginning of a file; one that cannot be read is of no kind.</summary>
    public static FileStart Of(string path)
    {
        byte[] start = new byte[FileKind.StartLength];
        int length;
        try
        {
            if (RegularFile.IsEmpty(path))
            {
                return default;
            }

            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return default;
        }

        ReadOnlySpan<byte> bytes = start.AsSpan(0, length);
        string? picture = ImageFileDecoder.FormatOf(bytes);
        return new FileStart(picture, picture is null ? FileKind.Of(bytes) : null, PngFile.IsDrawing(bytes));
    }
}
