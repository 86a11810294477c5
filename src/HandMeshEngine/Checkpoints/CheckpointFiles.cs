namespace HandMeshEngine.Checkpoints;

/// <summary>Opening files, with errors that a user understands.</summary>
internal static class CheckpointFiles
{
    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="CheckpointException">It cannot be opened or is empty.</exception>
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

        if (stream.CanSeek && stream.Length == 0)
        {
            stream.Dispose();
            throw new CheckpointException(path, "the file is empty");
        }

        return stream;
    }
}
