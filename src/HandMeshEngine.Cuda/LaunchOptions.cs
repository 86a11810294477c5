namespace HandMeshEngine.Cuda;

/// <summary>How a launch relates to its neighbours.</summary>
[Flags]
public enum LaunchOptions
{
    /// <summary>It starts when the work before it in the stream has ended.</summary>
    None = 0,

    /// <summary>
    /// It may start before its predecessor ends; the kernel itself waits (griddepcontrol.wait) before it reads what that one
    /// wrote. Where the device or driver cannot, it is an ordinary launch.
    /// </summary>
    OverlapPredecessor = 1,

    /// <summary>All its blocks are resident at once, or the launch fails.</summary>
    Cooperative = 2,
}
