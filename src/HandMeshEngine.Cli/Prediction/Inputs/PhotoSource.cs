namespace HandMeshEngine.Cli.Prediction.Inputs;

/// <summary>Photos that have nothing to do with each other; the first is decoded while the networks are still being opened.</summary>
internal sealed class PhotoSource(IReadOnlyList<(int Index, string File, string Name)> photos, PictureLoader loader) : Source("photos")
{
    private Task<RgbImage>? _first = photos.Count > 0 ? Task.Run(() => loader.Load(photos[0].File)) : null;

    public override int? Count => photos.Count;

    public override bool IsVideo => false;

    public override bool HasLines => false;

    public override IEnumerable<SourceFrame> Read(PictureLoader loader)
    {
        foreach ((int index, string file, string name) in photos)
        {
            yield return new SourceFrame(index, file, name, () => Load(file, loader)) { Path = file };
            Wait();
        }
    }

    private RgbImage Load(string file, PictureLoader loader)
    {
        Task<RgbImage>? first = _first;
        _first = null;
        return first is null ? loader.Load(file) : first.GetAwaiter().GetResult();
    }

    // A photo that was skipped was decoded all the same, with the buffers of the next one.
    private void Wait()
    {
        Task<RgbImage>? first = _first;
        _first = null;
        if (first is not null)
        {
            Task.WhenAny(first).GetAwaiter().GetResult();
        }
    }
}
