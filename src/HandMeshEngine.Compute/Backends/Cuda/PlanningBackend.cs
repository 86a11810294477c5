using HandMeshEngine.Compute.Backends.Cuda.Tiles;
using HandMeshEngine.Cuda;
using HandMeshEngine.Cuda.Compilation;

namespace HandMeshEngine.Compute.Backends.Cuda;

/// <summary>
/// Makes the plans of an architecture without a device: to print them and, where a kernel folder is given, to compile their kernels
/// ahead of time. What it opens cannot run.
/// </summary>
internal sealed class PlanningBackend : Backend
{
    private readonly KernelTarget _target;
    private readonly Lazy<Nvrtc> _compiler;

    /// <summary>Plans for a target; <paramref name="compiler"/> null finds the machine's NVRTC when kernels are compiled.</summary>
    public PlanningBackend(KernelTarget target, Nvrtc? compiler = null)
    {
        _target = target;
        _compiler = new(() => compiler is not null ? compiler
            : Nvrtc.TryFind(null, out Nvrtc? found, out string? reason) ? found
            : throw new CudaException(CudaErrorKind.Absent, $"kernels cannot be compiled: {reason}."));
    }

    /// <inheritdoc/>
    /// <remarks>That of the backend whose plans it makes, so that callers choose the same options.</remarks>
    public override string Name => "cuda";

    /// <inheritdoc/>
    public override bool RunsBatchesAtOnce => true;

    /// <inheritdoc/>
    public override string Description => $"plans for {_target}, no device";

    /// <inheritdoc/>
    /// <exception cref="CudaException">There is no compiler, or a kernel does not compile.</exception>
    private protected override Session Compile(OpGraph graph, SessionOptions options)
    {
        CudaPlan plan = CudaLowering.Lower(graph, options, new TileChoice(_target.Sm));
        if (options.KernelFolder is not null)
        {
            var cache = new KernelCache(options.KernelFolder);
            cache.Load(
                [.. ProgramWriter.Write(plan.Steps).Select(item => item.Program)], _target, _compiler.Value, PlanKernels.Report(options),
                CancellationToken.None);
            if (cache.StoreProblem is { } problem)
            {
                throw new IOException(problem);
            }
        }

        return new PlannedSession(graph, plan);
    }
}
