namespace HandMeshEngine.Compute.Backends.Cuda;

/// <summary>How the host waits for the end of a run.</summary>
public enum CudaWait
{
    /// <summary>For the stream, as the driver likes: usually it spins.</summary>
    Stream,

    /// <summary>Asleep until the device says so: other threads get the core, and waking takes longer.</summary>
    Blocked,

    /// <summary>Asking again and again whether it is over.</summary>
    Polling,
}
