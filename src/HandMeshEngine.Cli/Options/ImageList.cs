using HandMeshEngine.ImageSharp;

namespace HandMeshEngine.Cli.Options;

/// <summary>The image files behind the arguments: files as they are, folders as their images in ordinal order.</summary>
internal static class ImageList
{
    /// <summary>All files.</summary>
    /// <exception cref="CommandException">A path does not exist, or a folder holds no image.</exception>
    public static IReadOnlyList<string> Expand(IEnumerable<string> paths)
    {
        var files = new List<string>();
        foreach (string path in paths)
        {
            if (Directory.Exists(path))
            {
                files.AddRange(InFolder(path));
            }
            else if (File.Exists(path))
            {
                files.Add(path);
            }
            else
            {
                throw new CommandException(ExitCode.BadInput, $"{path}: there is no such file or folder");
            }
        }

        return files;
    }

    /// <summary>The images of one folder, in ordinal order of their names.</summary>
    public static IReadOnlyList<string> InFolder(string folder)
    {
        string[] files = [.. Directory.EnumerateFiles(folder)
            .Where(file => ImageFileDecoder.Endings.Contains(Path.GetExtension(file).ToLowerInvariant()))
            .Order(StringComparer.Ordinal)];
        return files.Length > 0
            ? files
            : throw new CommandException(ExitCode.BadInput, $"{folder}: the folder holds no {string.Join(", ", ImageFileDecoder.Endings)} file");
    }
}
