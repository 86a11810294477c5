namespace HandMeshEngine.Compute.Backends.Cpu.Plan;

/// <summary>A step that computes rows of equal work, cut evenly in tasks.</summary>
internal abstract unsafe class RowRangeStep(int rows, long workPerRow, long taskWork, int threads) : Step
{
    private readonly int _tasks = TaskSplit.Count(rows, workPerRow, taskWork, threads);

    /// <inheritdoc/>
    public sealed override int Tasks => _tasks;

    /// <inheritdoc/>
    protected sealed override void Compute(int task, float* scratch)
    {
        (int first, int last) = TaskSplit.Range(rows, _tasks, task);
        ComputeRows(first, last, scratch);
    }

    /// <summary>Computes the rows from <paramref name="first"/> to before <paramref name="last"/>.</summary>
    protected abstract void ComputeRows(int first, int last, float* scratch);
}
