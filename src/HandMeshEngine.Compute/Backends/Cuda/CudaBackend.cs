using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Cuda;
using HandMeshEngine.Cuda.Compilation;

namespace HandMeshEngine.Compute.Backends.Cuda;

/// <summary>
/// Runs graphs on an NVIDIA GPU: kernels compiled for the device, one captured graph a plan. Thread-safe; sessions are not. A sticky
/// error of the device makes every later call in this context throw its first cause.
/// </summary>
public sealed class CudaBackend : Backend
{
    private readonly CudaContext _context;
    private readonly nint _stream;
    private readonly Lazy<(Nvrtc? Compiler, string? Reason)> _compiler;

    /// <summary>Opens the backend on a device of this machine.</summary>
    /// <exception cref="CudaException">There is no usable driver or device; the message says why.</exception>
    /// <exception cref="ArgumentException">There is no such device, or a stream is given without its context.</exception>
    public CudaBackend(CudaBackendOptions? options = null)
        : this(CudaDriver.Get(), options ?? new CudaBackendOptions(), null)
    {
    }

    /// <summary>As above with a given driver and compiler.</summary>
    internal CudaBackend(CudaDriver driver, CudaBackendOptions options, Nvrtc? compiler)
    {
        if (options is { Stream: not 0, Context: 0 })
        {
            throw new ArgumentException("a stream of the caller needs the context it belongs to; set Context too", nameof(options));
        }

        _stream = options.Stream;
        _context = options.Context != 0
            ? CudaContext.FromHandle(driver, options.Context)
            : CudaContext.Retain(driver.GetDevice(options.Device));
        _compiler = new(() => compiler is not null ? (compiler, null)
            : Nvrtc.TryFind(driver, out Nvrtc? found, out string? reason) ? (found, null) : (null, reason));
    }

    /// <inheritdoc/>
    public override string Name => "cuda";

    /// <inheritdoc/>
    public override string Description => _context.Device.ToString();

    /// <summary>For tests only.</summary>
    internal CudaTestHooks Hooks { get; init; } = new();

    /// <inheritdoc/>
    public override void Dispose()
    {
        _context.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    /// <exception cref="CudaException">Memory or a compiler is lacking, a kernel does not compile, or the driver refused.</exception>
    private protected override Session Compile(OpGraph graph, SessionOptions options) =>
        new CudaSession(graph, options, _context, _stream, _compiler.Value.Compiler, Hooks);
}
