namespace HandMeshEngine.Compute.Backends.Cpu.Threads;

/// <summary>
/// Where one thread blocks until another wakes it. The thread announces that it is about to sleep, checks once more for work, and only
/// then blocks, so that a waker that brings work after that check sees the announcement. Allocates nothing.
/// </summary>
internal sealed class Sleeper : IDisposable
{
    private readonly AutoResetEvent _event = new(false);
    private int _isAsleep;

    /// <summary>The affinity of the thread that sleeps here; null before it has run, and where it cannot be changed.</summary>
    public ThreadAffinity? Affinity { get; set; }

    /// <summary>Announces that the thread is about to sleep.</summary>
    public void PrepareToSleep() => Interlocked.Exchange(ref _isAsleep, 1);

    /// <summary>Blocks until woken; withdraws the announcement instead if the thread has found work.</summary>
    public void Sleep(bool stillNeeded)
    {
        // If a waker has cleared the flag first, its signal is on the way and must be consumed.
        if (stillNeeded || Interlocked.Exchange(ref _isAsleep, 0) == 0)
        {
            _event.WaitOne();
            Affinity?.Release();
        }
    }

    /// <summary>Wakes the thread if it sleeps or is about to.</summary>
    public void Wake()
    {
        if (Volatile.Read(ref _isAsleep) == 1 && Interlocked.CompareExchange(ref _isAsleep, 0, 1) == 1)
        {
            Affinity?.KeepOffMine();
            _event.Set();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _event.Dispose();
}
