using System.Runtime.CompilerServices;
using HandMeshEngine.Compute.Backends.Cpu.Warp;

namespace HandMeshEngine.Compute.Backends.Cpu.Plan;

/// <summary>
/// Has a plan's kernels compiled just in time while its caller does other things: computes the first and the last tile of every step
/// on a pool thread of the runtime, on whatever the fresh buffers hold. Without it the first run takes ten times as long as the second.
/// </summary>
internal sealed unsafe class WarmUp
{
    private readonly CpuPlan _plan;
    private readonly Arena _arena;
    private readonly ImageSource _image;
    private Task? _task;

    /// <summary>Begins; nothing else may touch the plan's buffers until <see cref="Wait"/> has returned.</summary>
    public WarmUp(CpuPlan plan, Arena arena, ImageSource image)
    {
        _plan = plan;
        _arena = arena;
        _image = image;

        // A program compiled ahead of time has nothing to warm up.
        _task = RuntimeFeature.IsDynamicCodeCompiled ? Task.Run(RunTiles) : null;
    }

    /// <summary>Returns when the kernels are compiled: at once, after the first time.</summary>
    public void Wait()
    {
        if (_task is { } task)
        {
            task.GetAwaiter().GetResult();
            _task = null;
        }
    }

    private void RunTiles()
    {
        byte* black = stackalloc byte[3];
        _image.Take(new ImageView(new ReadOnlySpan<byte>(black, 3), 1, 1, 3, PixelFormat.Rgb), black);
        foreach ((_, Step step) in _plan.Steps)
        {
            int first = step.Clears.Count, last = step.AllTiles - 1;
            try
            {
                step.RunTile(first, 0);
                if (last > first)
                {
                    step.RunTile(last, 0);
                }
            }
            catch (ArgumentException)
            {
                // No input has been written yet: a crop of nothing, say. Whoever runs the plan on such input is told then.
                continue;
            }
        }

        _image.Forget();

        // The session may be forgotten meanwhile; the steps hold bare pointers into its memory.
        GC.KeepAlive(_arena);
    }
}
