namespace HandMeshEngine;

/// <summary>The hands of one frame of a <see cref="LiveTracker"/>, for the thread that draws. Taking the next frame refills it.</summary>
public sealed class LiveResult
{
    internal LiveResult(HandResult hands) => Hands = hands;

    /// <summary>The hands, by id. Another object after each frame that is taken: read it through this property.</summary>
    public HandResult Hands { get; private set; }

    /// <summary>Which frame it was, counted from 0 over all that were posted; -1 before the first.</summary>
    public long Frame { get; private set; } = -1;

    /// <summary>The time that came with the frame.</summary>
    public TimeSpan Time { get; private set; }

    /// <summary>From posting the frame to its hands being there.</summary>
    public TimeSpan Latency { get; private set; }

    /// <summary>The camera that came with the frame; null before the first.</summary>
    public Camera? Camera { get; private set; }

    /// <summary>Says what its hands are of.</summary>
    internal void Set(long frame, TimeSpan time, TimeSpan latency, Camera camera) => (Frame, Time, Latency, Camera) = (frame, time, latency, camera);

    /// <summary>Trades contents.</summary>
    internal void Swap(LiveResult other)
    {
        (Hands, other.Hands) = (other.Hands, Hands);
        (Frame, other.Frame) = (other.Frame, Frame);
        (Time, other.Time) = (other.Time, Time);
        (Latency, other.Latency) = (other.Latency, Latency);
        (Camera, other.Camera) = (other.Camera, Camera);
    }
}
