using HandMeshEngine.Compute.Backends.Reference;

namespace HandMeshEngine.Compute;

/// <summary>Finds the backend for a device name.</summary>
public static class Devices
{
    /// <summary>Opens <c>reference</c>, <c>cpu</c>.</summary>
    /// <param name="device">The name.</param>
    /// <param name="threads">Threads of the CPU backend; 0 takes one for each core.</param>
    /// <exception cref="ArgumentException">No device has this name.</exception>
    public static Backend Open(string device, int threads = 0) => device switch
    {
        "reference" => new ReferenceBackend(),
        "cpu" => new ReferenceBackend(),
        _ => throw new ArgumentException($"'{device}' is no device; use auto, cpu, cuda, cuda:N or reference", nameof(device)),
    };

    /// <summary>
    /// The backend for a device name or, for <c>auto</c>, the best that works and why a faster one is not used.
    /// </summary>
    /// <inheritdoc cref="Open"/>
    public static (Backend Backend, string? Note) Choose(string device, int threads = 0) =>
        device == "auto" ? (Open("cpu", threads), null) : (Open(device, threads), null);
}
