namespace HandMeshEngine.Compute.Planning.Sharing;

/// <summary>One plan of <see cref="SharedPlans{TKey, TContent}"/>, counted by the sessions that hold it.</summary>
internal sealed class SharedPlan<TContent>(OpGraph graph, Action<SharedPlan<TContent>> forget) : IDisposable
    where TContent : class
{
    private readonly Lock _making = new();
    private readonly Lock _counting = new();
    private int _references = 1;

    /// <summary>The graph, whose constants are then in memory once.</summary>
    public OpGraph Graph { get; } = graph;

    /// <summary>What is shared; null until the first session has made it.</summary>
    public TContent? Content { get; private set; }

    /// <summary>What is shared, made by the first session that asks; others wait for it. If that fails, the next one tries.</summary>
    public TContent GetOrMake(Func<TContent> make)
    {
        lock (_making)
        {
            return Content ??= make();
        }
    }

    /// <summary>Gives up a session's reference; the last one disposes the content.</summary>
    public void Dispose()
    {
        lock (_counting)
        {
            if (--_references > 0)
            {
                return;
            }
        }

        forget(this);
        (Content as IDisposable)?.Dispose();
    }

    /// <summary>Adds a reference unless the last one is gone.</summary>
    public bool TryAddReference()
    {
        lock (_counting)
        {
            if (_references == 0)
            {
                return false;
            }

            _references++;
            return true;
        }
    }
}
