namespace PtxSimulator.Driver;

/// <summary>One piece of work of a stream, with what it waits for.</summary>
internal sealed class Work(string name, Action run)
{
    public string Name { get; } = name;

    public Action Run { get; } = run;

    /// <summary>Set for a wait: true once the event it waits for has happened.</summary>
    public Func<bool>? IsReady { get; init; }
}

/// <summary>A stream: its queue (used in shuffled mode only), and the capture it takes part in.</summary>
internal sealed class StreamState
{
    public Queue<Work> Queue { get; } = new();

    /// <summary>The graph being captured from this stream, or null.</summary>
    public GraphState? Capture { get; set; }

    /// <summary>Nodes that the next captured node of this stream depends on.</summary>
    public List<int> CaptureTail { get; set; } = [];

    public bool IsCaptureOrigin { get; set; }
}

/// <summary>An event: how often it was recorded, and how many of those recordings have happened.</summary>
internal sealed class EventState
{
    public long Recorded { get; set; }

    public long Happened { get; set; }

    /// <summary>Device time of the last recording that happened, in microseconds.</summary>
    public double Time { get; set; }

    public bool HasTiming { get; init; }

    /// <summary>Where in a graph it was recorded, while that graph is captured.</summary>
    public GraphState? Capture { get; set; }

    public List<int> CaptureTail { get; set; } = [];
}

/// <summary>A captured graph: work with the numbers of the nodes it depends on (always smaller than its own).</summary>
internal sealed class GraphState
{
    public List<(Work Work, int[] After)> Nodes { get; } = [];

    public int CaptureMode { get; init; }

    public int CaptureThread { get; init; }

    public bool IsInvalid { get; set; }
}

/// <summary>An instantiated graph.</summary>
internal sealed class GraphExecState(IReadOnlyList<(Work Work, int[] After)> nodes)
{
    public IReadOnlyList<(Work Work, int[] After)> Nodes { get; } = nodes;
}
