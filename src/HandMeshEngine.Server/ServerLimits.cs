namespace HandMeshEngine.Server;

/// <summary>What one server lets its clients ask for. Everything beyond is refused with a sentence and a status (docs/serve.md 6).</summary>
public sealed record ServerLimits
{
    /// <summary>Most bytes of a request's body: 32 MiB.</summary>
    public int BodyBytes { get; init; } = 32 << 20;

    /// <summary>Most bytes of all bodies that are being read or wait at once; further requests are asked to come later. 256 MiB.</summary>
    public long BodyBytesInFlight { get; init; } = 256L << 20;

    /// <summary>Most pixels of an image: 2^24, a photo of 16 megapixels.</summary>
    public int Pixels { get; init; } = 1 << 24;

    /// <summary>Most images of one request.</summary>
    public int Batch { get; init; } = 16;

    /// <summary>Most images that wait for an estimator, of each model.</summary>
    public int Queue { get; init; } = 64;

    /// <summary>How long a request may wait for its turn, unless it says less.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Most videos that are followed at once, of each model: sequences and live pages.</summary>
    public int Sequences { get; init; } = 64;

    /// <summary>After how long without a frame a sequence is forgotten.</summary>
    public TimeSpan SequenceIdle { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Most connections at once.</summary>
    public int Connections { get; init; } = 4096;

    /// <summary>How long the head and the body of a request may take to arrive.</summary>
    public TimeSpan Read { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long accepted requests may take to end once the server is asked to stop.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Checks that every number can be kept.</summary>
    /// <exception cref="ArgumentException">One cannot; the message says which.</exception>
    internal ServerLimits Validated()
    {
        Require(BodyBytes is >= 1024 and <= 1 << 30, $"a limit of {BodyBytes} bytes on a body must be from 1024 to 2^30");
        Require(BodyBytesInFlight >= BodyBytes, $"all bodies together ({BodyBytesInFlight} bytes) must be allowed as much as one ({BodyBytes})");
        Require(Pixels is >= 1 and <= ImageLimits.MostPixels, $"a limit of {Pixels} pixels must be from 1 to {ImageLimits.MostPixels}");
        Require(Batch is >= 1 and <= 1024, $"a limit of {Batch} images on a batch must be from 1 to 1024");
        Require(Queue is >= 1 and <= 1 << 20, $"a queue of {Queue} must be from 1 to 2^20");
        Require(Sequences is >= 0 and <= 1 << 16, $"a limit of {Sequences} sequences must be from 0 to 65536");
        Require(Connections is >= 1 and <= 1 << 20, $"a limit of {Connections} connections must be from 1 to 2^20");
        foreach (TimeSpan time in new[] { Deadline, SequenceIdle, Read, Drain })
        {
            Require(time > TimeSpan.Zero && time <= TimeSpan.FromHours(1), $"a time of {time.TotalSeconds} s must be above 0 and at most an hour");
        }

        return this;
    }

    private static void Require(bool holds, FormattableString message)
    {
        if (!holds)
        {
            throw new ArgumentException(FormattableString.Invariant(message));
        }
    }
}
