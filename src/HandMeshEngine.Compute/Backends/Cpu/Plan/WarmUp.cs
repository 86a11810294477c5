using HandMeshEngine.Compute.Backends.Cpu.Warp;

namespace HandMeshEngine.Compute.Backends.Cpu.Plan;

/// <summary>
/// Makes the runtime compile a plan's kernels while the caller does other things: runs the first and the last task of every step on a
/// thread of the thread pool, on whatever the fresh buffers hold. Without it the first run takes ten times as long as the second.
/// </summary>
internal sealed unsafe class WarmUp
{
    private readonly CpuPlan _plan;
    private readonly Arena _arena;
    private readonly ImageSource _image;
    private Task? _task;

    /// <summary>Starts; nothing else may touch the plan's buffers until <see cref="Wait"/> has returned.</summary>
    public WarmUp(CpuPlan plan, Arena arena, ImageSource image)
    {
        _plan = plan;
        _arena = arena;
        _image = image;

        // A program compiled ahead of time has nothing to warm up.
        _task = RuntimeFeature.IsDynamicCodeCompiled ? Task.Run(RunTasks) : null;
    }

    /// <summary>Returns when the kernels are compiled.</summary>
    public void Wait()
    {
        if (_task is { } task)
        {
            task.GetAwaiter().GetResult();
            _task = null;
        }
    }

    private void RunTasks()
    {
        byte* black = stackalloc byte[3];
        _image.Take(new ImageView(new ReadOnlySpan<byte>(black, 3), 1, 1, 3, PixelFormat.Rgb), black, null, null);
        foreach ((_, Step step) in _plan.Steps)
        {
            int first = step.Clears.Count, last = step.AllTasks - 1;
            try
            {
                step.RunTask(first, 0);
                if (last > first)
                {
                    step.RunTask(last, 0);
                }
            }
            catch (ArgumentException)
            {
                // No input has been written yet, so that a check may fail; it throws again in a run whose input is bad.
                continue;
            }
        }

        _image.Forget();

        // The steps hold bare pointers into the arena, and the session may have been collected meanwhile.
        GC.KeepAlive(_arena);
    }
}
