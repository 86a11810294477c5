using HandMeshEngine.Checkpoints.Pickle;

namespace HandMeshEngine.Checkpoints.Numpy;

/// <summary>Opens .pkl files of numpy and scipy objects, Python 2 ones included, as inert values.</summary>
internal static class PickleFile
{
    private const long LargestFile = 256 << 20;

    /// <summary>Reads the object in a file.</summary>
    /// <exception cref="CheckpointException">The file cannot be opened, is damaged or hostile.</exception>
    public static object? Read(string path, CheckpointLimits? limits = null)
    {
        using FileStream stream = CheckpointFiles.Open(path);
        return Read(stream, path, limits);
    }

    /// <summary>Reads the object in a seekable stream.</summary>
    /// <exception cref="CheckpointException">The pickle is damaged or hostile.</exception>
    public static object? Read(Stream stream, string file, CheckpointLimits? limits = null)
    {
        if (stream.Length > LargestFile)
        {
            throw new CheckpointException(file, $"{stream.Length} bytes are too many for a table");
        }

        return Unpickler.Read(new PickleStream(stream, stream.Length, file, entry: null, limits ?? CheckpointLimits.Default));
    }
}
