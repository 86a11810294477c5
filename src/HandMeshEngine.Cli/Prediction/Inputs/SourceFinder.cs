namespace HandMeshEngine.Cli.Prediction.Inputs;

/// <summary>The sources behind the arguments: photos, folders of them, folders of frames, videos.</summary>
internal static class SourceFinder
{
    /// <summary>Finds them: all photos as one source, then the videos.</summary>
    /// <exception cref="CommandException">A path does not exist, a folder holds no picture, or two inputs are called the same.</exception>
    public static IReadOnlyList<Source> Find(IReadOnlyList<string> paths, bool isSequence, Shard shard, PictureLoader loader)
    {
        var photos = new List<string>();
        var videos = new List<string>();
        foreach (string path in paths)
        {
            if (Directory.Exists(path))
            {
                if (isSequence)
                {
                    videos.Add(path);
                    continue;
                }

                FolderContents contents = FolderContents.Of(path);
                contents.SayPassedOver();
                photos.AddRange(contents.Files);
            }
            else if (!File.Exists(path))
            {
                throw new CommandException(ExitCode.BadInput, $"{path}: there is no such file or folder");
            }
            else
            {
                Add(path, FileStart.Of(path), isSequence, photos, videos);
            }
        }

        if (photos.Count == 0 && videos.Count == 0)
        {
            throw new CommandException(ExitCode.BadInput, "every input is a drawing of an earlier run; give the photos");
        }

        return Sources(photos, videos, shard, loader);
    }

    private static void Add(string path, FileStart start, bool isSequence, List<string> photos, List<string> videos)
    {
        if (start.IsVideo)
        {
            videos.Add(path);
        }
        else if (isSequence)
        {
            throw new CommandException(ExitCode.BadInput, $"{path}: --sequence takes folders of frames, lists and videos, and this is none");
        }
        else if (start.IsDrawing)
        {
            ErrorLine.Write($"note: {path} is a drawing of an earlier run and is passed over");
        }
        else
        {
            photos.Add(path);
        }
    }

    private static List<Source> Sources(List<string> photos, List<string> videos, Shard shard, PictureLoader loader)
    {
        string[] names = ResultNames.Of(photos);
        (int, string, string)[] ours = [.. photos.Select((file, i) => (i, file, names[i])).Where(photo => shard.Has(photo.i))];
        string[] clips = [.. videos.Where((_, i) => shard.Has(photos.Count + i))];
        ResultNames.RequireDifferent(clips.Select(NameOf));
        var sources = new List<Source>();
        if (ours.Length > 0)
        {
            sources.Add(new PhotoSource(ours, loader));
        }

        sources.AddRange(clips.Select(path => Directory.Exists(path) ? (Source)new FolderSource(path) : new ClipSource(path)));
        if (sources.Count == 0)
        {
            ErrorLine.Write($"note: shard {shard.Number} of {shard.Of} has no part of {photos.Count + videos.Count} inputs");
        }

        return sources;
    }

    private static string NameOf(string path) => Directory.Exists(path) ? new DirectoryInfo(path).Name : Path.GetFileNameWithoutExtension(path);
}
