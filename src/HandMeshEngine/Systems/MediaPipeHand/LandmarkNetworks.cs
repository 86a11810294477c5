namespace HandMeshEngine.Systems.MediaPipeHand;

/// <summary>
/// One landmark network, or with the variant <c>both</c> two (docs/systems/mediapipe-hand.md 4.7): the small one says where to look, and
/// where it matters the mean of both counts, because they err independently. One caller at a time.
/// </summary>
internal sealed class LandmarkNetworks : IDisposable
{
    private const int Values = 3 * HandMesh.JointCount;

    private readonly Session _hand;
    private readonly Session? _small;
    private readonly float[] _screen = new float[Values];
    private readonly float[] _world = new float[Values];

    public LandmarkNetworks(Backend backend, TensorMap weights, TensorMap? small, SessionOptions options)
    {
        _hand = backend.Open(HandLandmarks.Build(weights, crops: 1), options);
        try
        {
            _small = small is null ? null : backend.Open(HandLandmarks.Build(small, crops: 1), options);
        }
        catch
        {
            _hand.Dispose();
            throw;
        }

        Sessions = _small is null ? [new("hand", _hand)] : [new("hand", _hand), new("hand-lite", _small)];
    }

    public IReadOnlyList<KeyValuePair<string, Session>> Sessions { get; }

    /// <summary>[63] of the last run (3.1).</summary>
    public ReadOnlySpan<float> Screen => _screen;

    /// <summary>[63] of the last run (3.1).</summary>
    public ReadOnlySpan<float> World => _world;

    /// <summary>Probability of a hand in the last run.</summary>
    public float Presence { get; private set; }

    /// <summary>Probability of a right hand in the last run.</summary>
    public float RightProbability { get; private set; }

    /// <summary>Reads a crop.</summary>
    /// <param name="image">The frame.</param>
    /// <param name="matrix">Tensor indices to pixels or rays.</param>
    /// <param name="last">Whether this pass gives the result, or only the next crop.</param>
    public void Run(ImageView image, in Matrix3d matrix, bool last)
    {
        Session first = _small is not null && !last ? _small : _hand;
        Run(first, image, matrix);
        first.Output("screen").CopyTo(_screen);
        first.Output("world").CopyTo(_world);
        (Presence, RightProbability) = (first.Output("presence")[0], first.Output("right_hand")[0]);
        if (_small is null || !last)
        {
            return;
        }

        Run(_small, image, matrix);
        Mean(_small.Output("screen"), _screen);
        Mean(_small.Output("world"), _world);
        Presence = (Presence + _small.Output("presence")[0]) / 2;
        RightProbability = (RightProbability + _small.Output("right_hand")[0]) / 2;
    }

    public void Dispose()
    {
        _hand.Dispose();
        _small?.Dispose();
    }

    private static void Run(Session session, ImageView image, in Matrix3d matrix)
    {
        matrix.CopyTo(session.Input<double>("matrix"));
        session.Run(image);
    }

    private static void Mean(ReadOnlySpan<float> other, Span<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (values[i] + other[i]) / 2;
        }
    }
}
