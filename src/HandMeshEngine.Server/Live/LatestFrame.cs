namespace HandMeshEngine.Server.Live;

/// <summary>A place for one frame, in which a newer one replaces it.</summary>
internal sealed class LatestFrame
{
    private readonly SemaphoreSlim _there = new(0, 1);
    private Frame? _frame;

    /// <summary>Puts a frame there.</summary>
    /// <returns>The number of the frame that nobody will look at, if there was one.</returns>
    public uint? Put(Frame frame)
    {
        Frame? before = Interlocked.Exchange(ref _frame, frame);
        if (before is null)
        {
            _there.Release();
        }

        return before?.Number;
    }

    /// <summary>Waits for a frame and takes it.</summary>
    public async Task<Frame?> TakeAsync(CancellationToken cancellation)
    {
        await _there.WaitAsync(cancellation).ConfigureAwait(false);
        return Interlocked.Exchange(ref _frame, null);
    }
}
