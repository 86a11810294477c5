using HandMeshEngine.Compute.Backends.Cpu.Threads;

namespace HandMeshEngine.Compute.Backends.Cpu.Plan;

/// <summary>One step of a plan: tasks on memory that is fixed when the plan is made.</summary>
internal abstract unsafe class Step : ParallelJob
{
    private View[] _clears = [];
    private float* _scratch;
    private long _scratchStride;

    /// <summary>Number of tasks; each takes at least a few microseconds.</summary>
    public abstract int Tasks { get; }

    /// <summary>Op, kernel and sizes, for plans and profiles.</summary>
    public abstract string Describe();

    /// <summary>Floats of scratch memory that one thread needs.</summary>
    public virtual int ScratchFloats => 0;

    /// <summary>Number of tasks, those that clear borders included.</summary>
    public int AllTasks => Tasks + _clears.Length;

    /// <summary>The maps whose borders this step clears.</summary>
    public IReadOnlyList<View> Clears => _clears;

    /// <summary>Gives each thread its scratch memory, <paramref name="stride"/> floats apart.</summary>
    public void SetScratch(float* memory, long stride)
    {
        _scratch = memory;
        _scratchStride = stride;
    }

    /// <summary>Lets this step clear the border of a map that it is the first to write.</summary>
    public void Clear(View map) => _clears = [.. _clears, map];

    /// <inheritdoc/>
    public sealed override void RunTask(int task, int worker)
    {
        if (task < _clears.Length)
        {
            Borders.Clear(_clears[task]);
        }
        else
        {
            Compute(task - _clears.Length, _scratch + (worker * _scratchStride));
        }
    }

    /// <summary>Computes one task.</summary>
    protected abstract void Compute(int task, float* scratch);
}
