namespace HandMeshEngine.Compute.Backends.Cpu.Threads;

/// <summary>Work that is cut in tasks, which may run in any order on any thread.</summary>
internal abstract class ParallelJob
{
    /// <summary>Runs one task; <paramref name="worker"/> is the number of the thread, from 0.</summary>
    public abstract void RunTask(int task, int worker);
}
