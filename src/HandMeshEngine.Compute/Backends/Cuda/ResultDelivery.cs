using HandMeshEngine.Cuda;
using HandMeshEngine.Cuda.Compilation;

namespace HandMeshEngine.Compute.Backends.Cuda;

/// <summary>Copies a result of points to where the caller wants it on the device: kernels/deliver.cu.</summary>
internal sealed class ResultDelivery : IDisposable
{
    private const int Threads = 128;

    private readonly CudaModule _module;
    private readonly CudaKernel _plain;
    private readonly CudaKernel _mirroring;

    /// <summary>Compiles or finds the kernels.</summary>
    /// <exception cref="CudaException">There is no compiler, or the driver refused.</exception>
    public ResultDelivery(CudaContext context, Nvrtc? compiler, SessionOptions options, IReadOnlyDictionary<string, string> sources)
    {
        var program = new KernelProgram("deliver", sources["deliver.cu"], [.. sources.Where(pair => pair.Key == "prelude.cuh")], []);
        KernelImage image = new KernelCache(options.KernelFolder).Load(
            [program], context.Device, compiler, PlanKernels.Report(options), CancellationToken.None)[0];
        _module = new CudaModule(context, image);
        (_plain, _mirroring) = (_module.GetKernel("deliver"), _module.GetKernel("deliver_mirrored"));
    }

    /// <summary>Queues a copy.</summary>
    /// <param name="stream">Where.</param>
    /// <param name="from">Device address of the result.</param>
    /// <param name="to">Device address of the copy.</param>
    /// <param name="count">Floats.</param>
    /// <param name="mirrors">Whether the first of each three changes its sign.</param>
    public void Queue(CudaStream stream, ulong from, ulong to, int count, bool mirrors) =>
        (mirrors ? _mirroring : _plain).Launch(
            stream, new LaunchShape((count + Threads - 1) / Threads, 1, 1, Threads), new KernelArguments().Add(from).Add(to).Add(count));

    /// <summary>Unloads the kernels.</summary>
    public void Dispose() => _module.Dispose();
}
