using HandMeshEngine.Estimation;

namespace HandMeshEngine.Systems.MediaPipeHand;

/// <summary>
/// One landmark network, or with the variant <c>both</c> two (docs/systems/mediapipe-hand.md 4.7): the small one says where to look, and
/// where it matters the mean of both counts, because they err independently. Crops that are added run together. One caller at a time.
/// </summary>
internal sealed class LandmarkNetworks : IDisposable
{
    private const int Values = 3 * HandMesh.JointCount;

    private readonly BatchedSessions _hand;
    private readonly BatchedSessions? _small;
    private Item[] _items = new Item[BatchedSessions.Most];
    private float[] _screen = new float[BatchedSessions.Most * Values];
    private float[] _world = new float[BatchedSessions.Most * Values];

    public LandmarkNetworks(Backend backend, TensorMap weights, TensorMap? small, SessionOptions options)
    {
        _hand = new BatchedSessions(backend, options, crops => HandLandmarks.Build(weights, crops));
        try
        {
            _small = small is null ? null : new BatchedSessions(backend, options, crops => HandLandmarks.Build(small, crops));
        }
        catch
        {
            _hand.Dispose();
            throw;
        }

        Sessions = _small is null ? [new("hand", _hand.Single)] : [new("hand", _hand.Single), new("hand-lite", _small.Single)];
    }

    public IReadOnlyList<KeyValuePair<string, Session>> Sessions { get; }

    /// <summary>Number of crops that were added.</summary>
    public int Count { get; private set; }

    /// <summary>[63] of a crop of the last run (3.1).</summary>
    public ReadOnlySpan<float> Screen(int item) => _screen.AsSpan(item * Values, Values);

    /// <summary>[63] of a crop of the last run (3.1).</summary>
    public ReadOnlySpan<float> World(int item) => _world.AsSpan(item * Values, Values);

    /// <summary>Probability of a hand in a crop of the last run.</summary>
    public float Presence(int item) => _items[item].Presence;

    /// <summary>Probability of a right hand in a crop of the last run.</summary>
    public float RightProbability(int item) => _items[item].RightProbability;

    /// <summary>Opens what so many crops need.</summary>
    public void Prepare(int crops)
    {
        _hand.Prepare(crops);
        _small?.Prepare(crops);
    }

    /// <summary>Forgets the crops.</summary>
    public void Clear() => Count = 0;

    /// <summary>Adds a crop to the next run.</summary>
    /// <param name="frame">Index of its image.</param>
    /// <param name="matrix">Tensor indices to pixels or rays.</param>
    /// <param name="lens">With rays, what draws them.</param>
    /// <param name="isMirrored">Show it as in a mirror, and turn back what is said of it.</param>
    public void Add(int frame, in Matrix3d matrix, LensProjection? lens, bool isMirrored = false)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, 2 * Count);
            Array.Resize(ref _screen, 2 * Count * Values);
            Array.Resize(ref _world, 2 * Count * Values);
        }

        Matrix3d seen = isMirrored ? matrix * new Matrix3d(-1, 0, HandLandmarks.InputSize, 0, 1, 0, 0, 0, 1) : matrix;
        _items[Count++] = new Item { Frame = frame, Matrix = seen, Lens = lens, IsMirrored = isMirrored };
    }

    /// <summary>Reads the crops.</summary>
    /// <param name="frames">The images.</param>
    /// <param name="last">Whether this pass gives the result, or only the next crop.</param>
    public void Run(FrameSet frames, bool last)
    {
        Run(_small is not null && !last ? _small : _hand, frames, isSecond: false);
        if (_small is not null && last)
        {
            Run(_small, frames, isSecond: true);
        }

        for (int i = 0; i < Count; i++)
        {
            if (_items[i].IsMirrored)
            {
                TurnBack(i);
            }
        }
    }

    public void Dispose()
    {
        _hand.Dispose();
        _small?.Dispose();
    }

    private void Run(BatchedSessions networks, FrameSet frames, bool isSecond)
    {
        for (int first = 0; first < Count;)
        {
            Session session = networks.For(Count - first, out int places);
            int taken = Math.Min(places, Count - first);
            for (int place = 0; place < places; place++)
            {
                ref readonly Item item = ref _items[first + Math.Min(place, taken - 1)];
                item.Matrix.CopyTo(session.Input<double>("matrix").Slice(9 * place, 9));
                if (networks.Attaches)
                {
                    session.Attach(place, frames.Image(item.Frame) with { Projection = item.Lens }, item.Frame);
                }
            }

            if (networks.Attaches)
            {
                session.RunAttached();
            }
            else
            {
                session.Run(frames.Image(_items[first].Frame) with { Projection = _items[first].Lens });
            }

            Take(session, first, taken, isSecond);
            first += taken;
        }
    }

    private void Take(Session session, int first, int count, bool isSecond)
    {
        ReadOnlySpan<float> presence = session.Output("presence"), right = session.Output("right_hand");
        Span<float> screen = _screen.AsSpan(first * Values, count * Values), world = _world.AsSpan(first * Values, count * Values);
        if (isSecond)
        {
            Mean(session.Output("screen"), screen);
            Mean(session.Output("world"), world);
        }
        else
        {
            session.Output("screen")[..screen.Length].CopyTo(screen);
            session.Output("world")[..world.Length].CopyTo(world);
        }

        for (int i = 0; i < count; i++)
        {
            ref Item item = ref _items[first + i];
            (item.Presence, item.RightProbability) = isSecond
                ? ((item.Presence + presence[i]) / 2, (item.RightProbability + right[i]) / 2)
                : (presence[i], right[i]);
        }
    }

    private void TurnBack(int item)
    {
        _items[item].RightProbability = 1 - _items[item].RightProbability;
        for (int i = item * Values; i < (item + 1) * Values; i += 3)
        {
            (_screen[i], _world[i]) = (HandLandmarks.InputSize - _screen[i], -_world[i]);
        }
    }

    private static void Mean(ReadOnlySpan<float> other, Span<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (values[i] + other[i]) / 2;
        }
    }

    private struct Item
    {
        public int Frame;
        public Matrix3d Matrix;
        public LensProjection? Lens;
        public bool IsMirrored;
        public float Presence;
        public float RightProbability;
    }
}
