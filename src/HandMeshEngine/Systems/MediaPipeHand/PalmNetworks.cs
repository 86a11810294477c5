using HandMeshEngine.Estimation;

namespace HandMeshEngine.Systems.MediaPipeHand;

/// <summary>The palm detector, and, opened when it is first needed, its other size, which errs independently. One caller at a time.</summary>
internal sealed class PalmNetworks(Backend backend, TensorMap weights, SessionOptions options) : IDisposable
{
    private readonly PalmDecoder _decoder = new();
    private readonly BatchedSessions _palm = new(backend, options, images => PalmDetector.Build(weights, images));
    private readonly bool _isFull = weights.Contains("palm.op18.w");
    private Session? _other;
    private Session _last = null!;
    private int _item;
    private Crop _square;

    public Session Session => _palm.Single;

    /// <summary>Number of palms of the last call, best first.</summary>
    public int Count => _decoder.Count;

    /// <summary>Where to look for the hand of a palm.</summary>
    public Crop Crop(int palm) => _decoder.Crop(palm);

    /// <summary>Score of a palm.</summary>
    public float Score(int palm) => _decoder.Score(palm);

    /// <summary>Opens what so many images need.</summary>
    public void Prepare(int images) => _palm.Prepare(images);

    /// <summary>Looks at the whole of the first images, as many as one run takes; <see cref="Take"/> then tells the palms of each.</summary>
    /// <param name="frames">The images of the call.</param>
    /// <param name="images">Indices of those to look at.</param>
    /// <returns>How many were looked at.</returns>
    public int Detect(FrameSet frames, ReadOnlySpan<int> images)
    {
        Session session = _palm.For(images.Length, out int places);
        for (int place = 0; place < places; place++)
        {
            int index = images[Math.Min(place, images.Length - 1)];
            ImageView image = frames.Image(index);
            HandCrops.WholeImage(image.Width, image.Height, 0).Sampling(PalmDetector.InputSize).ToMatrix()
                .CopyTo(session.Input<double>("matrix").Slice(9 * place, 9));
            if (_palm.Attaches)
            {
                session.Attach(place, image, index);
            }
        }

        if (_palm.Attaches)
        {
            session.RunAttached();
        }
        else
        {
            session.Run(frames.Image(images[0]));
        }

        _last = session;
        return Math.Min(places, images.Length);
    }

    /// <summary>Reads the palms of one of the images looked at.</summary>
    /// <param name="frames">The images of the call.</param>
    /// <param name="image">Index of the image.</param>
    /// <param name="item">Which of the images of the run it was.</param>
    public void Take(FrameSet frames, int image, int item)
    {
        ImageView view = frames.Image(image);
        _square = HandCrops.WholeImage(view.Width, view.Height, 0);
        _item = item;
        Decode(PalmDecoder.LeastScore);
    }

    /// <summary>Looks into an upright square of the frame.</summary>
    public void Detect(ImageView image, in Crop square, double leastScore)
    {
        _square = square;
        Run(_palm.Single, image, square.Sampling(PalmDetector.InputSize).ToMatrix(), leastScore);
    }

    /// <summary>Looks at a square that was made into an input beforehand.</summary>
    /// <param name="input">[192, 192, 3].</param>
    /// <param name="square">Where it lies in the frame.</param>
    /// <param name="leastScore">Palms below are left out.</param>
    /// <param name="byOther">Ask the other size of the network.</param>
    /// <returns>False if the other size is not there.</returns>
    public bool Detect(ReadOnlySpan<byte> input, in Crop square, double leastScore, bool byOther)
    {
        if (byOther && !TryOpenOther())
        {
            return false;
        }

        const int size = PalmDetector.InputSize;
        _square = square;
        Run(byOther ? _other! : _palm.Single, new ImageView(input, size, size, 3 * size, PixelFormat.Rgb), Matrix3d.Identity, leastScore);
        return true;
    }

    /// <summary>Reads the same outputs again with another threshold.</summary>
    public void Decode(double leastScore) => _decoder.Decode(
        _last.Output("boxes").Slice(_item * PalmDecoder.Coordinates * PalmDetector.AnchorCount, PalmDecoder.Coordinates * PalmDetector.AnchorCount),
        _last.Output("scores").Slice(_item * PalmDetector.AnchorCount, PalmDetector.AnchorCount), _square.CenterX - (_square.Width / 2), _square.CenterY - (_square.Height / 2), _square.Width, leastScore);

    public void Dispose()
    {
        _palm.Dispose();
        _other?.Dispose();
    }

    private void Run(Session session, ImageView image, in Matrix3d matrix, double leastScore)
    {
        matrix.CopyTo(session.Input<double>("matrix"));
        session.Run(image);
        (_last, _item) = (session, 0);
        Decode(leastScore);
    }

    // A package may hold one size only.
    private bool TryOpenOther()
    {
        string other = _isFull ? "lite" : "full";
        if (_other is null && MediaPipeHandSystem.Instance.FindWeights(other) is not null)
        {
            _other = backend.Open(PalmDetector.Build(EstimatorWeights.LoadShipped(MediaPipeHandSystem.Instance, other)), options);
        }

        return _other is not null;
    }
}
