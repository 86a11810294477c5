using System.Numerics;

namespace HandMeshEngine.Native.Handles;

/// <summary>
/// A result with its numbers in memory that never moves, set aside once: what a caller reads by pointers. Predictions into it and its
/// release take turns by a lock on this object.
/// </summary>
internal sealed unsafe class ResultHandle : Handled
{
    private const int MostStages = 8;

    private readonly Dictionary<string, NativeText> _stageNames = [];
    private readonly NativeStage* _stages = (NativeStage*)NativeMemory.Alloc(MostStages, (nuint)sizeof(NativeStage));
    private HandBuffers?[] _buffers = [];
    private Camera? _camera;
    private NativeCamera _cameraNumbers;
    private FrameOrientation _orientation;
    private Camera? _guess;
    private HandRasterizer? _rasterizer;
    private Camera? _buffersCamera;
    private NativeCamera _buffersNumbers;
    private PredictOptions? _options;
    private NativeHints _hints;
    private bool _released;

    /// <summary>Of an estimator.</summary>
    public ResultHandle(HandResult result) => Result = result;

    /// <inheritdoc/>
    public override string Kind => "a result";

    /// <summary>The hands.</summary>
    public HandResult Result { get; }

    /// <summary>Number of <see cref="Stages"/>.</summary>
    public int StageCount { get; private set; }

    /// <summary>Names and times.</summary>
    public NativeStage* Stages => _stages;

    /// <summary>The camera of these numbers, made anew only when they change.</summary>
    public Camera CameraFor(NativeCamera* given, in ImageView image)
    {
        if (given == null)
        {
            return _guess is { } guess && guess.Width == image.Width && guess.Height == image.Height
                ? guess
                : _guess = Camera.Guess(image.Width, image.Height);
        }

        NativeCamera numbers = Sized.Read(given, NativeCamera.Least, "camera");
        if (_camera is null || _orientation != image.Orientation || !numbers.Is(_cameraNumbers))
        {
            _camera = null;
            Camera made = numbers.Make(image.Orientation);
            (_cameraNumbers, _orientation, _camera) = (numbers, image.Orientation, made);
        }

        return _camera;
    }

    /// <summary>The options of these hints, made anew only when they change.</summary>
    public PredictOptions? OptionsFor(NativeHints* given)
    {
        if (given == null)
        {
            return null;
        }

        NativeHints hints = Sized.Read(given, NativeHints.Least, "hints");
        if (_options is null || !hints.Is(_hints))
        {
            _options = hints.Make();
            _hints = hints;
        }

        return _options;
    }

    /// <summary>Copies what was predicted to where callers read it.</summary>
    public void Publish()
    {
        if (_buffers.Length < Result.Count)
        {
            Array.Resize(ref _buffers, Result.Count);
        }

        for (int i = 0; i < Result.Count; i++)
        {
            (_buffers[i] ??= new HandBuffers(Result[i])).Fill(Result[i]);
        }

        StageCount = Math.Min(Result.Stages.Length, MostStages);
        for (int i = 0; i < StageCount; i++)
        {
            StageTime stage = Result.Stages[i];
            if (!_stageNames.TryGetValue(stage.Name, out NativeText? name))
            {
                _stageNames.Add(stage.Name, name = new NativeText(stage.Name));
            }

            _stages[i] = new NativeStage { Name = name.Pointer, Milliseconds = stage.Milliseconds };
        }
    }

    /// <summary>Draws the hands into buffers at a camera of the upright image; null takes the one that they were found with.</summary>
    public void Draw(NativeCamera* given, in HandMeshEngine.HandBuffers buffers)
    {
        Camera? camera = Result.Count > 0 ? Result[0].Camera : null;
        if (given != null)
        {
            NativeCamera numbers = Sized.Read(given, NativeCamera.Least, "camera");
            if (_buffersCamera is null || !numbers.Is(_buffersNumbers))
            {
                _buffersCamera = null;
                Camera made = numbers.Make(FrameOrientation.Upright);
                (_buffersNumbers, _buffersCamera) = (numbers, made);
            }

            camera = _buffersCamera;
        }

        // Without hands any camera draws the same.
        camera ??= _guess is { } guess && guess.Width == buffers.Width && guess.Height == buffers.Height ? guess : _guess = Camera.Guess(buffers.Width, buffers.Height);
        (_rasterizer ??= new HandRasterizer()).Draw(Result.Hands, camera, buffers);
    }

    /// <summary>One hand.</summary>
    /// <exception cref="AbiException">There are fewer.</exception>
    public NativeHand Hand(int index) => (uint)index < (uint)Result.Count
        ? _buffers[index]!.Hand
        : throw new AbiException(Status.InvalidArgument, $"index {index} is out of range: the result has {Result.Count} hands");

    /// <summary>Throws if the memory is gone: another thread freed the result while this one waited for it.</summary>
    /// <exception cref="AbiException">It was freed.</exception>
    public void RequireAlive()
    {
        if (_released)
        {
            throw new AbiException(Status.InvalidHandle, "the result was freed by another thread");
        }
    }

    /// <inheritdoc/>
    public override void Release()
    {
        lock (this)
        {
            _released = true;
            NativeMemory.Free(_stages);
            foreach (HandBuffers? buffers in _buffers)
            {
                buffers?.Release();
            }
        }
    }
}
