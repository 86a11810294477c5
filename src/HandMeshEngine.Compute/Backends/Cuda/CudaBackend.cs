using HandMeshEngine.Compute.Backends.Cuda.Tiles;
using HandMeshEngine.Compute.Planning.Sharing;
using HandMeshEngine.Cuda;
using HandMeshEngine.Cuda.Compilation;

namespace HandMeshEngine.Compute.Backends.Cuda;

/// <summary>
/// Runs graphs on an NVIDIA GPU: kernels compiled for the device, one captured graph a plan. Thread-safe; sessions are not. A sticky
/// error of the device makes every later call in this context throw its first cause.
/// </summary>
public sealed class CudaBackend : Backend
{
    private static readonly SharedPlans<PlanKey, LoadedPlan> _plans = new();

    private readonly CudaContext _context;
    private readonly nint _stream;
    private readonly CudaSwitches _switches;
    private readonly Lazy<(Nvrtc? Compiler, string? Reason)> _compiler;
    private readonly Lazy<StagedFrames> _frames;

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
        _switches = options.Switches ?? CudaSwitches.FromEnvironment();
        _context = options.Context != 0
            ? CudaContext.FromHandle(driver, options.Context)
            : CudaContext.Retain(driver.GetDevice(options.Device));
        _frames = new(() => new StagedFrames(_context, _switches.CopiesFrames));
        _compiler = new(() => Hooks.LacksCompiler ? (null, "NVRTC is not looked for") : compiler is not null ? (compiler, null)
            : Nvrtc.TryFind(driver, out Nvrtc? found, out string? reason) ? (found, null) : (null, reason));
    }

    /// <inheritdoc/>
    public override string Name => "cuda";

    /// <inheritdoc/>
    public override string Description => _context.Device.ToString();

    /// <summary>For tests only.</summary>
    internal CudaTestHooks Hooks { get; init; } = new();

    /// <summary>Why the tuning stored for this device was not used when the last session was opened; null if all is well.</summary>
    public string? TuningNote { get; private set; }

    /// <summary>
    /// Measures the tiles of a graph's matrix products on this device, and stores the fastest beside the kernels, where sessions
    /// opened from then on find them. Takes a compiler, seconds to minutes, and memory for several plans.
    /// </summary>
    /// <param name="graph">The graph, before any pass.</param>
    /// <param name="options">Precision and kernel folder.</param>
    /// <param name="progress">Called when a part of the work is done; may be null.</param>
    /// <param name="candidates">Tiles tried for each product, at least 1.</param>
    /// <param name="rounds">Measurements of each, after one that is not counted.</param>
    /// <param name="cancellation">Checked between parts; nothing is stored then.</param>
    /// <exception cref="CudaException">As when opening a session.</exception>
    /// <exception cref="IOException">The kernel folder cannot be written.</exception>
    public TuningResult Tune(
        OpGraph graph, SessionOptions options, Action<TuningStep>? progress = null, int candidates = 8, int rounds = 20,
        CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(candidates, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        OpGraph optimized = Optimized(graph, options);
        (TileChoice rule, TileTable table, string path) = Tiles(options);
        using var weights = new TunedWeights(_context);
        var tuner = new CudaTuner(tiles => Compile(optimized, options, tiles, merges: false, weights), rule.WithRank(0), candidates, rounds + 1);
        return tuner.Run(table, path, progress, cancellation);
    }

    /// <summary>Bytes of frames that the sessions sharing them have copied.</summary>
    internal long FrameBytesCopied => _frames.IsValueCreated ? _frames.Value.BytesCopied : 0;

    /// <inheritdoc/>
    public override bool RunsBatchesAtOnce => true;

    /// <inheritdoc/>
    public override void BeginFrame()
    {
        if (_frames.IsValueCreated)
        {
            _frames.Value.Begin();
        }
    }

    /// <inheritdoc/>
    public override void EndFrame()
    {
        if (_frames.IsValueCreated)
        {
            _frames.Value.End();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (_frames.IsValueCreated)
        {
            _frames.Value.Dispose();
        }

        _context.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    /// <exception cref="CudaException">Memory or a compiler is lacking, a kernel does not compile, or the driver refused.</exception>
    private protected override Session Compile(OpGraph graph, SessionOptions options) => Compile(graph, options, Tiles(options).Choice);

    private CudaSession Compile(OpGraph graph, SessionOptions options, TileChoice tiles, bool merges = true, TunedWeights? weights = null)
    {
        merges &= !Hooks.LaunchesApart;
        var key = new PlanKey(
            _context.Device.Driver, _context.Device.Ordinal, _context.Handle, options.Precision, string.Join('\n', options.Observe), options.Profile, tiles.Identity, merges, _switches, Hooks, weights);
        SharedPlan<LoadedPlan> shared = _plans.Take(key, graph, loaded => loaded.IsUsable);
        try
        {
            return new CudaSession(shared, options, tiles, _context, _stream, _compiler.Value.Compiler, _switches, Hooks, merges, options.SharesFrames ? _frames.Value : null, weights);
        }
        catch
        {
            shared.Dispose();
            throw;
        }
    }

    /// <summary>The device's tiles: measured ones where it has been tuned, else by rule.</summary>
    private (TileChoice Choice, TileTable Table, string Path) Tiles(SessionOptions options)
    {
        string path = TileTable.PathFor(options.KernelFolder, _context.Device);
        (TileTable table, TuningNote) = TileTable.Read(path);
        return (new TileChoice(_context.Device.Sm, table), table, path);
    }

    // What launches, kernels and constants depend on beside the graph. The handle tells contexts of a device apart.
    private sealed record PlanKey(
        CudaDriver Driver, int Device, nint Context, Precision Precision, string Observed, bool Profile, string Tiles, bool Merges, CudaSwitches Switches,
        CudaTestHooks Hooks, TunedWeights? Weights);
}
