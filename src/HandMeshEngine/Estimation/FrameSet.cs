namespace HandMeshEngine.Estimation;

/// <summary>The images of one call with what is known about each: one, or several of a batch.</summary>
internal readonly ref struct FrameSet
{
    private readonly ImageView _only;
    private readonly Camera? _camera;
    private readonly PredictOptions? _known;
    private readonly HandResult? _result;
    private readonly RunRecord? _run;
    private readonly Func<int, ImageView>? _each;
    private readonly ReadOnlySpan<Camera> _cameras;
    private readonly ReadOnlySpan<PredictOptions> _options;
    private readonly ReadOnlySpan<HandResult> _results;

    /// <summary>One image.</summary>
    public FrameSet(ImageView image, Camera camera, PredictOptions known, HandResult result)
        : this(image, camera, known, result.Run) => _result = result;

    /// <summary>One image that is only looked at: there is no result to fill.</summary>
    public FrameSet(ImageView image, Camera camera, PredictOptions known, RunRecord run)
    {
        (_camera, _known, _run, Count) = (camera, known, run, 1);
        _only = image;
    }

    /// <summary>Several images.</summary>
    /// <param name="each">Gives the image of an index.</param>
    /// <param name="cameras">One for all, or one for each.</param>
    /// <param name="options">None, one for all, or one for each.</param>
    /// <param name="results">One for each image.</param>
    public FrameSet(Func<int, ImageView> each, ReadOnlySpan<Camera> cameras, ReadOnlySpan<PredictOptions> options, ReadOnlySpan<HandResult> results)
    {
        _each = each;
        _cameras = cameras;
        _options = options;
        _results = results;
        Count = results.Length;
    }

    /// <summary>Number of images.</summary>
    public int Count { get; }

    public ImageView Image(int index) => _each is null ? _only : _each(index);

    public Camera Camera(int index) => _camera ?? _cameras[_cameras.Length == 1 ? 0 : index];

    public PredictOptions Known(int index) => _known ?? (_options.IsEmpty ? PredictOptions.None : _options[_options.Length == 1 ? 0 : index]);

    public HandResult Result(int index) => _result ?? _results[index];

    public RunRecord Run(int index) => _run ?? _results[index].Run;

    /// <summary>Adds the time of a run that all images share to the records of all.</summary>
    public void AddTime(string stage, TimeSpan time)
    {
        for (int i = 0; i < Count; i++)
        {
            Run(i).AddTime(stage, time);
        }
    }
}
