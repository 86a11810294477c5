namespace HandMeshEngine.Checkpoints;

/// <summary>Opening and replacing files, with errors that a user understands.</summary>
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

    /// <summary>Writes under a temporary name in the same folder, then renames: the file appears whole or not at all.</summary>
    public static void WriteWhole(string path, Action<Stream> write)
    {
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }
        }
    }
}
