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
        problem ??= ForeignKind(stream);
        if (problem is not null)
        {
            stream.Dispose();
            throw new CheckpointException(path, problem);
        }

        return stream;
    }

    // Archives and headers of our own kinds are left to their readers.
    private static string? ForeignKind(FileStream stream)
    {
        byte[] bytes = new byte[FileKind.StartLength];
        int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        ReadOnlySpan<byte> start = bytes.AsSpan(0, length);
        bool isOurs = start.StartsWith("PK"u8) || start is [0x80, ..] || (length > 8 && start[8] == (byte)'{');
        return isOurs || FileKind.Of(start) is not { } kind ? null : $"this is {kind.Name}; {kind.Cure}";
    }

    private static string Reason(string path, Exception error) =>
        path.Length == 0 ? "its name is empty"
        : Directory.Exists(path) ? "it is a folder; give the path of one file"
        : error is FileNotFoundException or DirectoryNotFoundException ? "there is no such file; check the path"
        : error.Message.TrimEnd('.');
}
