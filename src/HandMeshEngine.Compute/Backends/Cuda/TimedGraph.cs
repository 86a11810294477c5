using HandMeshEngine.Cuda;

namespace HandMeshEngine.Compute.Backends.Cuda;

/// <summary>
/// Work captured with a clock read on the device before and behind every section, so that times are those of kernels and not of the
/// host that queues them. Sections run one after the other; the first two clocks have nothing between them, which tells what reading costs.
/// </summary>
internal sealed class TimedGraph : IDisposable
{
    private readonly CudaEvent[] _events;
    private readonly CudaGraph _graph;

    /// <summary>Captures the sections.</summary>
    /// <param name="stream">A stream of its own.</param>
    /// <param name="sections">How many.</param>
    /// <param name="section">Queues one.</param>
    /// <param name="before">Queues what comes before all; not timed.</param>
    /// <param name="behind">Queues what comes behind all; not timed.</param>
    public TimedGraph(CudaStream stream, int sections, Action<int> section, Action before, Action behind)
    {
        _events = new CudaEvent[sections + 2];
        try
        {
            for (int i = 0; i < _events.Length; i++)
            {
                _events[i] = new CudaEvent(stream.Context, timing: true);
            }

            _graph = CudaGraph.Capture(stream, () =>
            {
                before();
                _events[0].RecordInGraph(stream);
                _events[1].RecordInGraph(stream);
                for (int i = 0; i < sections; i++)
                {
                    section(i);
                    _events[i + 2].RecordInGraph(stream);
                }

                behind();
            });
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Runs all and waits.</summary>
    public void Run(CudaStream stream) => _graph.LaunchAndWait(stream);

    /// <summary>Microseconds of a section in the last run, without the clock's own.</summary>
    public double Microseconds(int section) =>
        Math.Max(0, _events[section + 2].ElapsedUsSince(_events[section + 1]) - _events[1].ElapsedUsSince(_events[0]));

    /// <summary>Frees graph and clocks.</summary>
    public void Dispose()
    {
        _graph?.Dispose();
        foreach (CudaEvent? item in _events)
        {
            item?.Dispose();
        }
    }
}
