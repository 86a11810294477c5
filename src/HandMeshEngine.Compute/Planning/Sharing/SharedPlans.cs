namespace HandMeshEngine.Compute.Planning.Sharing;

/// <summary>
/// What sessions of equal plans share: the graph with its weights, and what a backend made of them. Kept while a session of the plan is
/// open. Thread-safe.
/// </summary>
/// <typeparam name="TKey">Whatever else a plan depends on: device, vector width, threads, options.</typeparam>
/// <typeparam name="TContent">What is shared; disposed with the last session if it is <see cref="IDisposable"/>.</typeparam>
internal sealed class SharedPlans<TKey, TContent>
    where TKey : notnull
    where TContent : class
{
    private readonly Lock _lock = new();

    // Sessions of the CPU may be forgotten instead of disposed: their memory is managed, and is not to be held here.
    private readonly Dictionary<(TKey Key, ulong Fingerprint), WeakReference<SharedPlan<TContent>>> _plans = [];

    /// <summary>The plan of a graph: that of an open session whose key and graph are equal, or a new one. Dispose it with the session.</summary>
    /// <param name="key">What the plan depends on beside its graph.</param>
    /// <param name="graph">The graph after the passes.</param>
    /// <param name="isUsable">False for content that must not be given to another session, for example on a device that is lost.</param>
    public SharedPlan<TContent> Take(TKey key, OpGraph graph, Func<TContent, bool>? isUsable = null)
    {
        var place = (key, GraphIdentity.Fingerprint(graph));
        lock (_lock)
        {
            if (_plans.TryGetValue(place, out WeakReference<SharedPlan<TContent>>? reference)
                && reference.TryGetTarget(out SharedPlan<TContent>? known)
                && (isUsable is null || known.Content is not { } content || isUsable(content))
                && GraphIdentity.AreEqual(known.Graph, graph)
                && known.TryAddReference())
            {
                return known;
            }

            foreach ((var gone, _) in _plans.Where(pair => !pair.Value.TryGetTarget(out _)).ToArray())
            {
                _plans.Remove(gone);
            }

            var made = new SharedPlan<TContent>(graph, own =>
            {
                lock (_lock)
                {
                    if (_plans.TryGetValue(place, out WeakReference<SharedPlan<TContent>>? last) && last.TryGetTarget(out var target) && target == own)
                    {
                        _plans.Remove(place);
                    }
                }
            });
            _plans[place] = new WeakReference<SharedPlan<TContent>>(made);
            return made;
        }
    }
}
