namespace HandMeshEngine.Server.Scheduling;

/// <summary>
/// Work that waits for one of several lanes, in order of arrival. Frames of a video have to meet the lane that holds its tracker; all else
/// goes to the first lane that is free. Never longer than its capacity.
/// </summary>
internal sealed class LaneQueue
{
    private readonly object _gate = new();
    private readonly LinkedList<Job> _shared = new();
    private readonly LinkedList<Job>[] _own;
    private readonly int _capacity;
    private long _arrivals;
    private int _waiting;
    private bool _isClosed;

    public LaneQueue(int lanes, int capacity)
    {
        _own = [.. Enumerable.Range(0, lanes).Select(_ => new LinkedList<Job>())];
        _capacity = capacity;
    }

    /// <summary>Jobs that wait.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Most jobs that may wait.</summary>
    public int Capacity => _capacity;

    /// <summary>Lets all of the jobs wait, or none.</summary>
    /// <param name="jobs">Of one request.</param>
    /// <param name="lane">Where they have to run, or null.</param>
    public bool TryAdd(ReadOnlySpan<Job> jobs, int? lane)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (_waiting + jobs.Length > _capacity)
            {
                return false;
            }

            LinkedList<Job> list = lane is { } own ? _own[own] : _shared;
            foreach (Job job in jobs)
            {
                job.Arrival = _arrivals++;
                job.Place = list.AddLast(job);
            }

            _waiting += jobs.Length;
            Monitor.PulseAll(_gate);
            return true;
        }
    }

    /// <summary>Takes a job out whose sender waits no longer; false if a lane has it already.</summary>
    public bool TryRemove(Job job)
    {
        lock (_gate)
        {
            if (job.Place is not { List: { } list } place)
            {
                return false;
            }

            list.Remove(place);
            _waiting--;
            return true;
        }
    }

    /// <summary>The job that has waited longest of those that this lane may run; null once the queue is closed and empty.</summary>
    public Job? Take(int lane)
    {
        lock (_gate)
        {
            while (true)
            {
                LinkedListNode<Job>? own = _own[lane].First, shared = _shared.First;
                if ((own, shared) is not (null, null))
                {
                    LinkedListNode<Job> next = shared is null || (own is not null && own.Value.Arrival < shared.Value.Arrival) ? own! : shared;
                    next.List!.Remove(next);
                    _waiting--;
                    return next.Value;
                }

                if (_isClosed)
                {
                    return null;
                }

                Monitor.Wait(_gate);
            }
        }
    }

    /// <summary>Takes no further jobs; those that wait are still run.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            Monitor.PulseAll(_gate);
        }
    }
}
