namespace HandMeshEngine.Compute.Backends.Cuda;

/// <summary>Which device the CUDA backend uses, and how it joins an application that uses CUDA already.</summary>
public sealed record CudaBackendOptions
{
    /// <summary>Number of the device; not used with <see cref="Context"/>.</summary>
    public int Device { get; init; }

    /// <summary>A CUcontext of the caller, kept until the backend is disposed; zero for the device's primary context.</summary>
    public nint Context { get; init; }

    /// <summary>Ways of running kernels, to be measured against each other; null takes those of the environment.</summary>
    public CudaSwitches? Switches { get; init; }

    /// <summary>
    /// A CUstream of the caller in which all sessions run, so that they are ordered with its other work; zero for one stream a session.
    /// Wants <see cref="Context"/>.
    /// </summary>
    public nint Stream { get; init; }
}
