namespace HandMeshEngine.Cli.Output;

/// <summary>Files that appear whole or not at all.</summary>
internal static class WholeFile
{
    /// <summary>Writes under a temporary name beside the target, then renames.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        string temporary = $"{path}.{Guid.NewGuid():n}.tmp";
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew))
            {
                write(stream);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
