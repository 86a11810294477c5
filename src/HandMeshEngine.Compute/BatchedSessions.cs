using HandMeshEngine.Cuda;

namespace HandMeshEngine.Compute;

/// <summary>
/// Sessions of one network for 1, 2, 4 and 8 items, so that several hands or images are one run where that pays
/// (<see cref="Backend.RunsBatchesAtOnce"/>); elsewhere one session for one item. The session for one is open from the beginning, larger
/// ones from when they are first needed. One thread at a time.
/// </summary>
public sealed class BatchedSessions : IDisposable
{
    /// <summary>Most items of a run.</summary>
    public const int Most = 8;

    private const int Sizes = 4;

    private readonly Session?[] _sessions = new Session?[Sizes];
    private readonly Func<int, Session>? _open;
    private int _largest;

    /// <summary>Opens the session for one item.</summary>
    /// <param name="backend">Where they run.</param>
    /// <param name="options">Of every session. Sessions that are measured run item by item, so that their profile has all runs.</param>
    /// <param name="build">The graph for so many items; kept where batches pay.</param>
    /// <exception cref="GraphException">The graph holds something the backend cannot run.</exception>
    public BatchedSessions(Backend backend, SessionOptions options, Func<int, OpGraph> build)
    {
        ArgumentNullException.ThrowIfNull(backend);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(build);
        Attaches = backend.RunsBatchesAtOnce;
        _sessions[0] = backend.Open(build(1), options);
        if (backend.RunsBatchesAtOnce && !options.Profile)
        {
            _open = items => backend.Open(build(items), options);
            _largest = Sizes - 1;
        }
    }

    /// <summary>The session for one item.</summary>
    public Session Single => _sessions[0]!;

    /// <summary>Whether images are attached to items (<see cref="Session.Attach"/>) instead of handed to the run.</summary>
    public bool Attaches { get; }

    /// <summary>Bytes of working memory of those that are open.</summary>
    public long MemoryBytes => _sessions.Sum(session => session?.MemoryBytes ?? 0);

    /// <summary>Opens what a call with so many items needs, so that no later call has to.</summary>
    /// <exception cref="CudaException">The device failed.</exception>
    public void Prepare(int items)
    {
        for (int size = 1; size <= _largest && 1 << (size - 1) < items; size++)
        {
            Find(size);
        }
    }

    /// <summary>
    /// The session that takes this many items at once, or as many of them as one run can. Items that are left over must be written too,
    /// with any that are valid.
    /// </summary>
    /// <param name="items">How many there are, at least 1.</param>
    /// <param name="places">How many the session takes.</param>
    /// <exception cref="CudaException">The device failed.</exception>
    public Session For(int items, out int places)
    {
        int size = 0;
        while (size < _largest && 1 << size < items)
        {
            size++;
        }

        Session session = Find(size);
        places = 1 << Array.IndexOf(_sessions, session);
        return session;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Session? session in _sessions)
        {
            session?.Dispose();
        }
    }

    // Where a larger plan does not fit into memory, or cannot be compiled, smaller ones go on.
    private Session Find(int size)
    {
        for (; size > 0; size--)
        {
            try
            {
                return _sessions[size] ??= _open!(1 << size);
            }
            catch (CudaException exception) when (exception.Kind is CudaErrorKind.Absent or CudaErrorKind.Retry)
            {
                _largest = size - 1;
            }
        }

        return Single;
    }
}
