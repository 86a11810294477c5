namespace HandMeshEngine.Server.Scheduling;

/// <summary>One video that is followed: its tracker lives with one lane.</summary>
internal sealed class Tracking(int lane, HandTracker tracker)
{
    public int Lane { get; } = lane;

    public HandTracker Tracker { get; } = tracker;
}
