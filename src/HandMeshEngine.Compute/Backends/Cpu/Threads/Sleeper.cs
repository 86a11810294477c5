namespace HandMeshEngine.Compute.Backends.Cpu.Threads;

/// <summary>
/// Where one thread blocks until another wakes it. The thread lies down, looks once more whether there is nothing to do, and only
/// then sleeps: whoever gives it work after that look sees it lying. Allocates nothing.
/// </summary>
internal sealed class Sleeper : IDisposable
{
    private readonly AutoResetEvent _event = new(false);
    private int _lies;

    /// <summary>The place of the thread that sleeps here, once it has told; null where it cannot be influenced.</summary>
    public ThreadPlace? Place { get; set; }

    /// <summary>Announces that the thread is about to sleep.</summary>
    public void LieDown() => Interlocked.Exchange(ref _lies, 1);

    /// <summary>Sleeps until woken, or gets up at once if there is no need.</summary>
    public void Sleep(bool stillNeeded)
    {
        // Who changes the flag back has the say: if that was a waker, its signal is under way and must be taken.
        if (stillNeeded || Interlocked.Exchange(ref _lies, 0) == 0)
        {
            _event.WaitOne();
            Place?.Release();
        }
    }

    /// <summary>Wakes the thread if it lies.</summary>
    public void Wake()
    {
        if (Volatile.Read(ref _lies) == 1 && Interlocked.CompareExchange(ref _lies, 0, 1) == 1)
        {
            Place?.KeepOffMine();
            _event.Set();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _event.Dispose();
}
