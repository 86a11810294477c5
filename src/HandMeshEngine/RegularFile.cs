namespace HandMeshEngine;

/// <summary>Opening files that must be regular ones, so that a pipe without a writer cannot hold up the program.</summary>
public static class RegularFile
{
    /// <summary>What a file of no length is called.</summary>
    public const string Empty = "the file is empty, or is a pipe or a device, which cannot be read here";

    /// <summary>
    /// Whether a path leads to something without a length: an empty file, a pipe, a socket or a device. Opening a pipe that nobody
    /// writes to would wait for ever, so this is asked before a file is opened.
    /// </summary>
    public static bool IsEmpty(string path)
    {
        var file = new FileInfo(path);
        if (file.LinkTarget is not null && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target)
        {
            file = target;
        }

        return file.Exists ? file.Length == 0 : File.Exists(path);
    }

    /// <summary>
    /// Whether the machine is at fault and not the file: the process or the system has no file descriptors or no memory left
    /// (EMFILE, ENFILE, ENOMEM). Such an exception is handed on as it is.
    /// </summary>
    public static bool IsFaultOfMachine(Exception exception) =>
        exception is IOException { HResult: 12 or 23 or 24 } && !OperatingSystem.IsWindows();

    /// <summary>Opens a regular file for reading.</summary>
    /// <exception cref="IOException">It is not there, is empty, or cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FileStream OpenRead(string path, int bufferSize = 4096) => IsEmpty(path)
        ? throw new IOException(Empty)
        : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize);

    /// <summary>The lines of a regular text file, one after the other.</summary>
    /// <exception cref="IOException">It is not there, is empty, or cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static IEnumerable<string> ReadLines(string path) => IsEmpty(path) ? throw new IOException($"{path}: {Empty}") : File.ReadLines(path);

    /// <summary>Reads a text of at most so many bytes.</summary>
    /// <exception cref="IOException">It is not there, is empty or longer, or cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static string ReadText(string path, long longest)
    {
        using FileStream stream = OpenRead(path);
        if (stream.Length > longest)
        {
            throw new IOException($"the file has {stream.Length} bytes, more than the limit of {longest}");
        }

        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
