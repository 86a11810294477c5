namespace HandMeshEngine.Estimation;

/// <summary>
/// Admits a fixed number of callers at a time, first come, first served; a caller that waits can be cancelled. Entering a queue in
/// which nobody waits allocates nothing.
/// </summary>
internal sealed class CallQueue(int places = 1)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource> _waiting = new();
    private int _free = places;

    /// <summary>How many wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Waits for a place.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public void Enter(CancellationToken cancellation)
    {
        if (!TryEnter(cancellation, out LinkedListNode<TaskCompletionSource>? place))
        {
            WaitAsync(place!, cancellation).GetAwaiter().GetResult();
        }
    }

    /// <summary>Waits for a place without keeping a thread.</summary>
    /// <inheritdoc cref="Enter"/>
    public Task EnterAsync(CancellationToken cancellation) =>
        TryEnter(cancellation, out LinkedListNode<TaskCompletionSource>? place) ? Task.CompletedTask : WaitAsync(place!, cancellation);

    /// <summary>Gives the place to who has waited longest.</summary>
    public void Exit()
    {
        TaskCompletionSource? next = null;
        lock (_lock)
        {
            if (_waiting.First is { } first)
            {
                next = first.Value;
                _waiting.RemoveFirst();
            }
            else
            {
                _free++;
            }
        }

        next?.SetResult();
    }

    private bool TryEnter(CancellationToken cancellation, out LinkedListNode<TaskCompletionSource>? place)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                place = null;
                return true;
            }

            place = _waiting.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            return false;
        }
    }

    private async Task WaitAsync(LinkedListNode<TaskCompletionSource> place, CancellationToken cancellation)
    {
        using CancellationTokenRegistration registration = cancellation.Register(() =>
        {
            bool leaves;
            lock (_lock)
            {
                // Not in the list any more: the place was given just before.
                leaves = place.List is not null;
                if (leaves)
                {
                    _waiting.Remove(place);
                }
            }

            if (leaves)
            {
                place.Value.SetCanceled(cancellation);
            }
        });
        await place.Value.Task.ConfigureAwait(false);
    }
}
