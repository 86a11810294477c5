namespace HandMeshEngine.Compute.Backends.Cpu.Threads;

/// <summary>
/// The tasks of one thread that nobody has taken yet, and the number of their job, in one integer: a compare-and-swap takes a task
/// of the current job only, even if the thread has slept through a few.
/// </summary>
internal static class TaskRange
{
    // From the highest bit: number of the job, the task after the last, the first task.
    private const int TaskBits = 20;

    private const long TaskMask = (1 << TaskBits) - 1;

    private const int NumberMask = (1 << (64 - (2 * TaskBits))) - 1;

    /// <summary>One more than the most tasks of a job.</summary>
    public const int TooMany = 1 << TaskBits;

    /// <summary>The tasks with which a thread begins; if they are fewer than threads, the caller, thread 0, has one.</summary>
    public static (int First, int Last) Of(int tasks, int threads, int worker)
    {
        int Start(int thread) => (int)((((long)tasks * thread) + threads - 1) / threads);
        return (Start(worker), Start(worker + 1));
    }

    /// <summary>A range of tasks.</summary>
    public static long Make(int number, int first, int last) => ((long)number << (2 * TaskBits)) | ((long)last << TaskBits) | (uint)first;

    /// <summary>The number of the job.</summary>
    public static int Number(long range) => (int)(range >>> (2 * TaskBits));

    /// <summary>The number of the job after this one.</summary>
    public static int Next(long range) => (Number(range) + 1) & NumberMask;

    /// <summary>Takes one task, unless there is none.</summary>
    public static bool Take(ref long range, bool fromEnd, out int task)
    {
        while (true)
        {
            long before = Volatile.Read(ref range);
            int first = (int)(before & TaskMask), last = (int)((before >>> TaskBits) & TaskMask);
            task = fromEnd ? last - 1 : first;
            if (first == last)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref range, fromEnd ? before - TooMany : before + 1, before) == before)
            {
                return true;
            }
        }
    }
}
