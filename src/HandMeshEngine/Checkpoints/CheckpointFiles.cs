namespace HandMeshEngine.Checkpoints;

/// <summary>Opening files, with errors that a user understands.</summary>
internal static class CheckpointFiles
{
    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="CheckpointException">It cannot be opened, is empty, or is a pipe or device.</exception>
    public static FileStream Open(string path)
    {
        FileStream stream;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CheckpointException(path, $"the file cannot be opened ({error.Message})", cause: error);
        }

        string? problem = !stream.CanSeek ? "this is not a regular file" : stream.Length == 0 ? "the file is empty" : null;
        if (problem is not null)
        {
            stream.Dispose();
            throw new CheckpointException(path, problem);
        }

        return stream;
    }
}
