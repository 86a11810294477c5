using HandMeshEngine.Evaluation.DataSets;

namespace HandMeshEngine.Cli.Prediction.Inputs;

/// <summary>The lines of an image list, or one shard of them (docs/evaluation.md, Image list).</summary>
internal sealed class ListSource : Source
{
    private readonly EvaluationSet _list;
    private readonly Shard _shard;
    private readonly PredictOptions _forAll;

    /// <summary>Reads the list once, so that a wrong line is told before any work.</summary>
    /// <param name="path">The JSON Lines file.</param>
    /// <param name="shard">Which lines are ours.</param>
    /// <param name="isVideo">The lines are the frames of one video.</param>
    /// <param name="forAll">What is known of all hands where a line says nothing.</param>
    /// <exception cref="HandMeshEngine.Evaluation.DataSets.DataSetException">A line cannot be read, or there is none.</exception>
    public ListSource(string path, Shard shard, bool isVideo, PredictOptions forAll)
        : base(Path.GetFileNameWithoutExtension(path) + shard.Suffix)
    {
        _list = EvaluationSet.Open("list", path);
        _shard = shard;
        _forAll = forAll;
        IsVideo = isVideo;
        int lines = 0, ours = 0;
        foreach (EvaluationImage _ in _list.Read())
        {
            ours += shard.Has(lines++) ? 1 : 0;
        }

        Count = lines > 0 ? ours : throw new CommandException(ExitCode.BadInput, $"{path}: the list has no lines");
    }

    public override int? Count { get; }

    public override bool IsVideo { get; }

    public override bool IsDrawnUnasked => false;

    public override DateTime? Changed => File.GetLastWriteTimeUtc(_list.Source);

    public override IEnumerable<SourceFrame> Read(PictureLoader loader)
    {
        int index = -1;
        foreach (EvaluationImage image in _list.Read())
        {
            index++;
            if (_shard.Has(index))
            {
                string name = string.Create(CultureInfo.InvariantCulture, $"{Name}.{index:000000}.{Path.GetFileNameWithoutExtension(image.File)}");
                yield return new SourceFrame(index, image.Id, name, () => loader.Load(image.File))
                {
                    Path = image.File,
                    Camera = image.Camera is null ? null : image.CameraFor,
                    Known = Known(image),
                };
            }
        }
    }

    private PredictOptions Known(EvaluationImage image) => _forAll with
    {
        Box = image.Box ?? _forAll.Box,
        BoxIsCrop = image.Box is null ? _forAll.BoxIsCrop : image.BoxIsCrop,
        Handedness = image.Handedness ?? _forAll.Handedness,
        HandSize = image.HandSize ?? _forAll.HandSize,
        RootDepth = image.RootDepth ?? _forAll.RootDepth,
        BoneLength = image.BoneLength ?? _forAll.BoneLength,
    };
}
