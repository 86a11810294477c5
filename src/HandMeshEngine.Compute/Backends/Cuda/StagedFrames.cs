using HandMeshEngine.Cuda;

namespace HandMeshEngine.Compute.Backends.Cuda;

/// <summary>The frames of a call on their way to the kernels, by place: one, or several of a batch. One thread at a time.</summary>
internal sealed class StagedFrames(CudaContext context, bool copiesToDevice) : IDisposable
{
    private readonly List<StagedFrame> _frames = [];
    private bool _keeps;

    /// <summary>Bytes copied by the host so far.</summary>
    public long BytesCopied => _frames.Sum(frame => frame.BytesCopied);

    /// <summary>The frame at a place.</summary>
    public StagedFrame this[int place]
    {
        get
        {
            while (_frames.Count <= place)
            {
                _frames.Add(new StagedFrame(context, copiesToDevice) { Keeps = _keeps });
            }

            return _frames[place];
        }
    }

    /// <summary>From here no pixel changes: rows that were copied are still those of their image.</summary>
    public void Begin() => Keep(true);

    /// <summary>Pixels may change again.</summary>
    public void End() => Keep(false);

    /// <summary>A session that is no more reads nothing.</summary>
    public void Leave(CudaSession session)
    {
        foreach (StagedFrame frame in _frames)
        {
            frame.Leave(session);
        }
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        foreach (StagedFrame frame in _frames)
        {
            frame.Dispose();
        }

        _frames.Clear();
    }

    private void Keep(bool keeps)
    {
        _keeps = keeps;
        foreach (StagedFrame frame in _frames)
        {
            if (keeps)
            {
                frame.Forget();
            }

            frame.Keeps = keeps;
        }
    }
}
