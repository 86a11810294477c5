namespace HandMeshEngine.Server.Http;

/// <summary>Bytes that bodies of all requests may take together.</summary>
internal sealed class BodyBudget(long most)
{
    private long _taken;

    /// <summary>Takes bytes, if so many are left.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= most)
        {
            return true;
        }

        Give(bytes);
        return false;
    }

    public void Give(long bytes) => Interlocked.Add(ref _taken, -bytes);
}
