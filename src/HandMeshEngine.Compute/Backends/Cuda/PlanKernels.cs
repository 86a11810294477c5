using HandMeshEngine.Cuda;
using HandMeshEngine.Cuda.Compilation;

namespace HandMeshEngine.Compute.Backends.Cuda;

/// <summary>The loaded kernels of a plan with the parameters of each launch.</summary>
internal sealed class PlanKernels : IDisposable
{
    private readonly List<CudaModule> _modules = [];
    private readonly (CudaKernel Kernel, LaunchShape Shape, KernelArguments Arguments)[] _launches;

    /// <summary>Compiles or finds the programs, loads them, and writes the parameters.</summary>
    public PlanKernels(
        CudaContext context, CudaPlan plan, PlanMemory memory, Nvrtc? compiler, SessionOptions options, CudaSwitches switches,
        IReadOnlyDictionary<string, string> sources)
    {
        var programs = ProgramWriter.Write(plan.Steps, sources);
        var cache = new KernelCache(options.KernelFolder);
        KernelImage[] images = cache.Load(
            [.. programs.Select(item => item.Program with { Options = switches.ProgramOptions })], context.Device, compiler, Report(options), CancellationToken.None);
        try
        {
            var kernels = new Dictionary<string, CudaKernel>();
            for (int i = 0; i < images.Length; i++)
            {
                CudaModule module = new(context, images[i]);
                _modules.Add(module);
                foreach (string entry in programs[i].Entries)
                {
                    kernels.Add(entry, module.GetKernel(entry));
                }
            }

            if (switches.SharedPercent is { } percent)
            {
                foreach (CudaKernel kernel in kernels.Values)
                {
                    kernel.PreferShared(percent);
                }
            }

            _launches = [.. plan.Steps.Select(step => (kernels[step.Entry], step.Shape, Arguments(step, memory)))];
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Launches in the plan.</summary>
    public int Count => _launches.Length;

    /// <summary>Who wants to know how far the compiler is; null if nobody does.</summary>
    public static Action<CompileProgress>? Report(SessionOptions options) => options.Progress is { } report
        ? step => report(new CompileStep(step.Done, step.Total, step.Program, step.WasCached))
        : null;

    /// <summary>Queues one launch. Allocates nothing.</summary>
    /// <param name="step">Which.</param>
    /// <param name="stream">Where.</param>
    /// <param name="overlaps">Right behind another launch of the plan, whose last blocks need not be done when its first ones start.</param>
    public void Launch(int step, CudaStream stream, bool overlaps)
    {
        ref readonly var launch = ref _launches[step];
        launch.Kernel.Launch(stream, launch.Shape, launch.Arguments, overlaps ? LaunchOptions.OverlapPredecessor : LaunchOptions.None);
    }

    public void Dispose()
    {
        foreach (CudaModule module in _modules)
        {
            module.Dispose();
        }

        _modules.Clear();
    }

    private static KernelArguments Arguments(LaunchStep step, PlanMemory memory)
    {
        var arguments = new KernelArguments();
        foreach (Pointer pointer in step.Pointers)
        {
            arguments.Add(memory.AddressOf(pointer));
        }

        return arguments;
    }
}
