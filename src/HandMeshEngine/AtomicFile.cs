namespace HandMeshEngine;

/// <summary>
/// Files that appear whole or not at all: written under a temporary name in the same folder, then renamed. Should the process end
/// in between, by Ctrl+C or a signal, the temporary file is removed. Safe to call on any thread.
/// </summary>
public static class AtomicFile
{
    private static readonly Lock _gate = new();
    private static readonly HashSet<string> _underWay = [];
    private static bool _ends;

    static AtomicFile() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        lock (_gate)
        {
            _ends = true;
            foreach (string temporary in _underWay)
            {
                File.Delete(temporary);
            }
        }
    };

    /// <summary>Writes a file, replacing what was there; if writing fails nothing is left behind.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="IOException">The folder does not exist or cannot be written, or the disk is full.</exception>
    public static void Write(string path, Action<Stream> write) => Write(path, write, static (stream, action) => action(stream));

    /// <summary>Writes a file from a state, so that the delegate need not capture it.</summary>
    /// <inheritdoc cref="Write(string, Action{Stream})"/>
    internal static void Write<TState>(string path, TState state, Action<Stream, TState> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string temporary = Path.GetFullPath($"{path}.{Environment.ProcessId:x}-{Guid.NewGuid():n}.tmp");
        try
        {
            using (FileStream stream = Create(temporary))
            {
                write(stream, state);

                // Without this a power failure could keep the new name and lose the contents.
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{path}: the file cannot be written ({Reason(path, exception)}); choose another place", exception);
        }
        finally
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }

            lock (_gate)
            {
                _underWay.Remove(temporary);
            }
        }
    }

    // Under the lock, so that no file is begun after the last ones were removed.
    private static FileStream Create(string temporary)
    {
        lock (_gate)
        {
            if (_ends)
            {
                throw new IOException("the process is ending");
            }

            _underWay.Add(temporary);
            return new FileStream(temporary, FileMode.CreateNew, FileAccess.Write);
        }
    }

    private static string Reason(string path, Exception exception) =>
        exception is DirectoryNotFoundException or FileNotFoundException ? $"there is no folder {Path.GetDirectoryName(Path.GetFullPath(path))}"
        : Directory.Exists(path) ? "it is a folder"
        : exception.Message.TrimEnd('.');
}
