namespace HandMeshEngine.Native.Handles;

/// <summary>A tracker of one video.</summary>
internal sealed class TrackerHandle(HandTracker tracker) : Handled
{
    /// <inheritdoc/>
    public override string Kind => "a tracker";

    /// <summary>The tracker; one thread at a time, which a lock on this object sees to.</summary>
    public HandTracker Tracker { get; } = tracker;

    /// <inheritdoc/>
    public override void Release()
    {
    }
}
