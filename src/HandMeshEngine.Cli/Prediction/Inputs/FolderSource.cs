namespace HandMeshEngine.Cli.Prediction.Inputs;

/// <summary>The frames of one video in a folder, by the numbers in their names.</summary>
internal sealed class FolderSource : Source
{
    private readonly FolderContents _contents;

    /// <summary>Looks into the folder and says what it passes over, and whether the order is doubtful.</summary>
    /// <exception cref="CommandException">The folder holds no picture.</exception>
    public FolderSource(string folder)
        : base(new DirectoryInfo(folder).Name)
    {
        _contents = FolderContents.Of(folder);
        _contents.SayPassedOver();
        if (_contents.Doubt is { } doubt)
        {
            ErrorLine.Write(
                $"note: {folder}: the order of the frames is doubtful, {doubt}; they are read from {Path.GetFileName(_contents.Files[0])} to {Path.GetFileName(_contents.Files[^1])} by the numbers in their names; --list takes them in an order of your own");
        }
    }

    public override int? Count => _contents.Files.Count;

    public override IEnumerable<SourceFrame> Read(PictureLoader loader)
    {
        string[] names = ResultNames.Of(_contents.Files);
        for (int i = 0; i < _contents.Files.Count; i++)
        {
            string file = _contents.Files[i];
            yield return new SourceFrame(i, Path.GetFileName(file), $"{Name}.{names[i]}", () => loader.Load(file)) { Path = file };
        }
    }
}
