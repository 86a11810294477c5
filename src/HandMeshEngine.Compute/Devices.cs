using System.Globalization;
using HandMeshEngine.Compute.Backends.Cpu;
using HandMeshEngine.Compute.Backends.Cpu.Simd;
using HandMeshEngine.Compute.Backends.Cuda;
using HandMeshEngine.Compute.Backends.Reference;
using HandMeshEngine.Cuda;
using HandMeshEngine.Cuda.Compilation;

namespace HandMeshEngine.Compute;

/// <summary>Finds the backend for a device name, and says what works on this machine.</summary>
public static class Devices
{
    /// <summary>Most threads that a CPU backend takes.</summary>
    public const int MostThreads = 256;

    /// <summary>Opens a backend.</summary>
    /// <param name="device">
    /// <c>cpu</c>, <c>reference</c>, <c>cuda</c>, <c>cuda:N</c>, or an architecture such as <c>sm_86</c>: its sessions hold the plans a
    /// device of that kind would run, compile their kernels if <see cref="SessionOptions.KernelFolder"/> is set, and cannot run.
    /// </param>
    /// <param name="threads">Threads of the CPU backend, at most <see cref="MostThreads"/>; 0 takes one for each core.</param>
    /// <param name="cuda">For CUDA: context, stream and switches; null for the backend's own. The device in <paramref name="device"/> counts.</param>
    /// <exception cref="ArgumentException">No device has this name, or the number of threads is not 0 to <see cref="MostThreads"/>.</exception>
    /// <exception cref="CudaException">CUDA was asked for and does not work here; the message says why.</exception>
    public static Backend Open(string device, int threads = 0, CudaBackendOptions? cuda = null) => device switch
    {
        null => throw new ArgumentNullException(nameof(device)),
        "reference" => new ReferenceBackend(),
        "cpu" => threads is >= 0 and <= MostThreads
            ? new CpuBackend(threads)
            : throw new ArgumentException($"{threads} threads are asked for; give 0 (one for each core) to {MostThreads}", nameof(threads)),
        "cuda" => new CudaBackend(cuda),
        _ when device.StartsWith("cuda:", StringComparison.Ordinal)
            && int.TryParse(device.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out int ordinal) =>
            new CudaBackend((cuda ?? new CudaBackendOptions()) with { Device = ordinal }),
        _ when KernelTarget.TryParse(device, out KernelTarget target) => new PlanningBackend(target),
        _ => throw new ArgumentException($"'{device}' is no device; use auto, cpu, cuda, cuda:N or reference", nameof(device)),
    };

    /// <summary>
    /// The backend for a device name and why it is slower than it could be: for <c>auto</c>, why a faster one is not used; on the CPU, that
    /// the program was compiled for narrower vectors.
    /// </summary>
    /// <inheritdoc cref="Open"/>
    public static (Backend Backend, string? Note) Choose(string device, int threads = 0, CudaBackendOptions? cuda = null)
    {
        if (device != "auto" || cuda is { Context: not 0 })
        {
            return (Open(device == "auto" ? "cuda" : device, threads, cuda), device == "cpu" ? SimdLevels.Unused : null);
        }

        DeviceReport available = CudaAvailability.Create();
        return available.IsUsable
            ? (Open("cuda", threads, cuda), null)
            : (Open("cpu", threads), $"{available.Words.TrimEnd('.')}; running on the CPU.{(SimdLevels.Unused is { } unused ? " " + unused : string.Empty)}");
    }

    /// <summary>Every device, fastest first: whether it works, and why not.</summary>
    public static IReadOnlyList<DeviceReport> Report()
    {
        using Backend cpu = Open("cpu");
        return [CudaAvailability.Create(), new DeviceReport("cpu", true, cpu.Description)];
    }

    /// <summary>Where the compiler of the CUDA kernels (NVRTC) is looked for: names that the system's loader is asked for, then folders.</summary>
    public static IReadOnlyList<string> CompilerPlaces() => Nvrtc.SearchedPlaces();
}
