namespace HandMeshEngine.Checkpoints;

/// <summary>Opening files, with errors that a user understands.</summary>
internal static class CheckpointFiles
{
    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="CheckpointException">It cannot be opened, is empty, or is a pipe or device.</exception>
    /// <exception cref="IOException">The machine has no file descriptors or memory left.</exception>
    public static FileStream Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        FileStream stream;
        try
        {
            stream = path.Length > 0 && RegularFile.IsEmpty(path)
                ? throw new CheckpointException(path, RegularFile.Empty)
                : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException && !RegularFile.IsFaultOfMachine(error))
        {
            throw new CheckpointException(path.Length == 0 ? "(no name)" : path, $"the file cannot be opened ({Reason(path, error)})", cause: error);
        }

        string? problem = !stream.CanSeek ? "this is not a regular file" : stream.Length == 0 ? "the file is empty" : null;
        if (problem is not null)
        {
            stream.Dispose();
            throw new CheckpointException(path, problem);
        }

        return stream;
    }

    private static string Reason(string path, Exception error) =>
        path.Length == 0 ? "its name is empty"
        : Directory.Exists(path) ? "it is a folder; give the path of one file"
        : error is FileNotFoundException or DirectoryNotFoundException ? "there is no such file; check the path"
        : error.Message.TrimEnd('.');
}
