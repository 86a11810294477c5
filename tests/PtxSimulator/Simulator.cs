using PtxSimulator.Driver;

namespace PtxSimulator;

/// <summary>
/// A pretended CUDA device behind the driver's function table: executes the PTX text that NVRTC writes, checks every access and
/// counts what happens. Several may live side by side. Thread-safe as a driver is; keep it alive while its table is in use.
/// </summary>
public sealed class Simulator : IDisposable
{
    private readonly SimulatedDriver _driver;

    /// <summary>Makes a device.</summary>
    /// <param name="options">What it pretends to be and how it executes; null for an sm_90 device with all checks.</param>
    public Simulator(SimulatorOptions? options = null)
    {
        Options = options ?? new SimulatorOptions();
        _driver = new SimulatedDriver(Options);
    }

    /// <summary>The options it was made with.</summary>
    public SimulatorOptions Options { get; }

    /// <summary>The driver entries; hand it to <see cref="CudaDriver.Use"/> with <c>loadsPtx: true</c>.</summary>
    public DriverTable Table => _driver.Table;

    /// <summary>How often the driver was asked for what.</summary>
    public DriverCounters Counters => _driver.Counters;

    /// <summary>What each kernel did, by name.</summary>
    public IReadOnlyDictionary<string, KernelCounters> Kernels => _driver.Kernels;

    /// <summary>What all kernels did together.</summary>
    public KernelCounters KernelTotal
    {
        get
        {
            var total = new KernelCounters();
            foreach (var counters in _driver.Kernels.Values)
            {
                total.Add(counters);
            }
            return total;
        }
    }

    /// <summary>Makes driver calls fail on demand.</summary>
    public FaultPlan Faults => _driver.Faults;

    /// <summary>The last refusal or fault in words: what, in which kernel, block, warp and lane, at which source line. Null if there was none.</summary>
    public string? LastError => _driver.LastError;

    /// <summary>The fault that a kernel has left the context with, or <see cref="CudaResult.Success"/>.</summary>
    public CudaResult StickyError => _driver.Sticky;

    /// <summary>What is alive now.</summary>
    public Ledger Ledger => _driver.TakeLedger();

    /// <summary>Forgets what kernels did so far.</summary>
    public void ResetKernelCounters() => _driver.Kernels.Clear();

    /// <summary>Frees all memory of the device; the table must not be used any more.</summary>
    public void Dispose() => _driver.Dispose();
}
