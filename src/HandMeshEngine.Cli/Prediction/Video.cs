namespace HandMeshEngine.Cli.Prediction;

/// <summary>The frames of one video.</summary>
/// <param name="Name">Name of its folder.</param>
/// <param name="Frames">Image files in order.</param>
internal sealed record Video(string Name, IReadOnlyList<string> Frames)
{
    /// <summary>Each folder is a video.</summary>
    /// <exception cref="CommandException">A path is not a folder with images.</exception>
    public static IReadOnlyList<Video> Find(IEnumerable<string> folders) => [.. folders.Select(folder => Directory.Exists(folder)
        ? new Video(new DirectoryInfo(folder).Name, ImageList.InFolder(folder))
        : throw new CommandException(ExitCode.BadInput, $"{folder}: --sequence takes folders of frames, and this is none"))];
}
