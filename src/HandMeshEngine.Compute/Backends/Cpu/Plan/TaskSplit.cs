namespace HandMeshEngine.Compute.Backends.Cpu.Plan;

/// <summary>Cuts rows of equal work into tasks.</summary>
internal static class TaskSplit
{
    /// <summary>
    /// How many tasks: at most four for each thread, and as few as give each <paramref name="taskWork"/> units of work.
    /// </summary>
    public static int Count(int rows, long workPerRow, long taskWork, int threads) =>
        threads == 1 ? 1 : (int)Math.Clamp(rows * workPerRow / taskWork, 1, Math.Min(rows, 4 * threads));

    /// <summary>The rows of a task.</summary>
    public static (int First, int Last) Range(int rows, int tasks, int task) =>
        ((int)((long)rows * task / tasks), (int)((long)rows * (task + 1) / tasks));
}
