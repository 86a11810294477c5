namespace HandMeshEngine.Server.Scheduling;

/// <summary>The videos that are followed now, by the id that their sender chose. Bounded; a silent one is forgotten.</summary>
internal sealed class SequenceTable(int capacity, TimeSpan idle, Func<int, Tracking> follow, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = [];
    private int _next;

    /// <summary>How many are followed.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>The tracker of a sequence; a start makes a new one, also where the id is in use.</summary>
    /// <exception cref="Refusal">The sequence has not begun, or there are too many.</exception>
    public Tracking Enter(string id, bool isStart)
    {
        lock (_gate)
        {
            DateTimeOffset now = clock.GetUtcNow();
            if (_entries.TryGetValue(id, out Entry? entry) && !isStart && now - entry.Used <= idle)
            {
                entry.Used = now;
                return entry.Tracking;
            }

            if (!isStart)
            {
                _entries.Remove(id);
                throw Refusal.Invalid(
                    FormattableString.Invariant($"sequence {id} is not known: begin it with sequence_start (one without frames for {idle.TotalSeconds:0} s is forgotten)"));
            }

            _entries.Remove(id);
            if (_entries.Count >= capacity)
            {
                ForgetIdle(now);
            }

            if (_entries.Count >= capacity)
            {
                throw new Refusal(Reason.Busy, $"{capacity} sequences are followed, which is the limit; end one with sequence_end, or try again later") { RetryAfter = idle };
            }

            var tracking = follow(_next++);
            _entries.Add(id, new Entry(tracking) { Used = now });
            return tracking;
        }
    }

    /// <summary>Forgets a sequence after its last frame.</summary>
    public void Leave(string id)
    {
        lock (_gate)
        {
            _entries.Remove(id);
        }
    }

    private void ForgetIdle(DateTimeOffset now)
    {
        foreach ((string id, Entry entry) in _entries)
        {
            if (now - entry.Used > idle)
            {
                _entries.Remove(id);
            }
        }
    }

    private sealed class Entry(Tracking tracking)
    {
        public Tracking Tracking { get; } = tracking;

        public DateTimeOffset Used { get; set; }
    }
}
