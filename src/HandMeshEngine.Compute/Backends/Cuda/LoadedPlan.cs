using HandMeshEngine.Compute.Backends.Cuda.Tiles;
using HandMeshEngine.Compute.Planning.Memory;
using HandMeshEngine.Cuda;
using HandMeshEngine.Cuda.Compilation;

namespace HandMeshEngine.Compute.Backends.Cuda;

/// <summary>What sessions of one plan share: the launches, the constants on the device, the loaded kernels. Nothing writes to it.</summary>
internal sealed class LoadedPlan : IDisposable
{
    private readonly CudaContext _context;
    private readonly List<CudaModule> _modules = [];
    private readonly Dictionary<string, CudaKernel> _kernels = [];
    private readonly Dictionary<PlanBuffer, ulong> _apart = [];

    /// <summary>Compiles or finds the programs, loads them, and uploads the constants.</summary>
    public LoadedPlan(
        CudaContext context, CudaStream stream, CudaPlan plan, Nvrtc? compiler, SessionOptions options, CudaSwitches switches,
        IReadOnlyDictionary<string, string> sources, TunedWeights? weights = null)
    {
        _context = context;
        Plan = plan;
        Text = plan.ToString();
        try
        {
            Upload(stream, weights);
            Load(compiler, options, switches, sources);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The launches and where values lie.</summary>
    public CudaPlan Plan { get; }

    /// <summary>The plan's text.</summary>
    public string Text { get; }

    /// <summary>Weights and tables; null if the plan has none, or they lie apart, as in a tuning.</summary>
    public DeviceMemory? Constants { get; private set; }

    /// <summary>Where a constant lies on the device.</summary>
    public ulong AddressOf(PlanBuffer constant) => _apart.TryGetValue(constant, out ulong own) ? own : Constants!.Address + (ulong)constant.Start;

    /// <summary>False once the context is lost, and all this with it.</summary>
    public bool IsUsable => _context.Fault is null;

    /// <summary>The kernel of a launch.</summary>
    public CudaKernel Kernel(LaunchStep step) => _kernels[step.Entry];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (CudaModule module in _modules)
        {
            module.Dispose();
        }

        _modules.Clear();
        Constants?.Dispose();
        Constants = null;
    }

    private void Upload(CudaStream stream, TunedWeights? weights)
    {
        if (weights is not null)
        {
            foreach ((PlanBuffer buffer, byte[] content) in Plan.Constants)
            {
                _apart.Add(buffer, weights.Put(stream, content));
            }

            Plan.ForgetConstants();
        }
        else if (Plan.ConstantBytes > 0)
        {
            Constants = new DeviceMemory(_context, Plan.ConstantBytes);
            var all = new byte[Plan.ConstantBytes];
            foreach ((PlanBuffer buffer, byte[] content) in Plan.Constants)
            {
                content.CopyTo(all.AsSpan((int)buffer.Start));
            }

            stream.Write(Constants, 0, all);
            Plan.ForgetConstants();
        }
    }

    private void Load(Nvrtc? compiler, SessionOptions options, CudaSwitches switches, IReadOnlyDictionary<string, string> sources)
    {
        var programs = ProgramWriter.Write(Plan.Steps, sources);
        var cache = new KernelCache(options.KernelFolder);
        KernelImage[] images = cache.Load(
            [.. programs.Select(item => item.Program with { Options = switches.ProgramOptions })], _context.Device, compiler,
            PlanKernels.Report(options), CancellationToken.None);
        for (int i = 0; i < images.Length; i++)
        {
            CudaModule module = new(_context, images[i]);
            _modules.Add(module);
            foreach (string entry in programs[i].Entries)
            {
                _kernels.Add(entry, module.GetKernel(entry));
            }
        }

        if (switches.SharedPercent is { } percent)
        {
            foreach (CudaKernel kernel in _kernels.Values)
            {
                kernel.PreferShared(percent);
            }
        }
    }
}
