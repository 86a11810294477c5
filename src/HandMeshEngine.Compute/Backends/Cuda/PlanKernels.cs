using HandMeshEngine.Cuda;
using HandMeshEngine.Cuda.Compilation;

namespace HandMeshEngine.Compute.Backends.Cuda;

/// <summary>The kernels of a plan with the parameters of each launch, in the memory of one session.</summary>
internal sealed class PlanKernels(LoadedPlan loaded, PlanMemory memory)
{
    private readonly (CudaKernel Kernel, LaunchShape Shape, KernelArguments Arguments, bool IsWalk)[] _launches =
        [.. loaded.Plan.Steps.Select(step => (loaded.Kernel(step), ShapeOf(step, loaded.Kernel(step)), Arguments(step, memory), step.Stages.Count > 0))];

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
        launch.Kernel.Launch(
            stream, launch.Shape, launch.Arguments,
            launch.IsWalk ? LaunchOptions.Cooperative : overlaps ? LaunchOptions.OverlapPredecessor : LaunchOptions.None);
    }

    // All blocks of a walk are on the device at once, however small it is.
    private static LaunchShape ShapeOf(LaunchStep step, CudaKernel kernel) =>
        step.Stages.Count == 0 ? step.Shape
        : step.Shape with
        {
            GridX = Math.Min(step.Shape.GridX, kernel.GetBlocksOnDevice(step.Shape.BlockX, step.Shape.SharedBytes)),
        };

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
