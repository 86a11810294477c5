using HandMeshEngine.Compute.Backends.Cpu.Threads;

namespace HandMeshEngine.Compute.Tests.Cpu;

public sealed class TaskRangeTests
{
    [Theory]
    [InlineData(2, 1)]
    [InlineData(2, 2)]
    [InlineData(7, 2)]
    [InlineData(3, 5)]
    [InlineData(64, 16)]
    public void Threads_begin_with_ranges_that_cover_all_tasks_and_the_caller_has_the_first(int tasks, int threads)
    {
        int covered = 0;
        for (int thread = 0; thread < threads; thread++)
        {
            (int first, int last) = TaskRange.Of(tasks, threads, thread);
            Assert.Equal(covered, first);
            Assert.InRange(last - first, thread == 0 ? 1 : 0, (tasks + threads - 1) / threads);
            covered = last;
        }

        Assert.Equal(tasks, covered);
    }

    [Fact]
    public void A_range_gives_each_task_once_from_either_end_and_then_none()
    {
        long range = TaskRange.Make(5, 10, 13);
        Assert.True(TaskRange.Take(ref range, fromEnd: false, out int task));
        Assert.Equal(10, task);
        Assert.True(TaskRange.Take(ref range, fromEnd: true, out task));
        Assert.Equal(12, task);
        Assert.True(TaskRange.Take(ref range, fromEnd: true, out task));
        Assert.Equal(11, task);
        Assert.False(TaskRange.Take(ref range, fromEnd: false, out _));
        Assert.False(TaskRange.Take(ref range, fromEnd: true, out _));
        Assert.Equal(5, TaskRange.Number(range));
    }

    [Fact]
    public void Numbers_of_jobs_start_again_after_the_last()
    {
        long range = TaskRange.Make((1 << 24) - 1, 0, TaskRange.TooMany - 1);
        Assert.Equal((1 << 24) - 1, TaskRange.Number(range));
        Assert.Equal(0, TaskRange.Next(range));
        Assert.True(TaskRange.Take(ref range, fromEnd: true, out int task));
        Assert.Equal(TaskRange.TooMany - 2, task);
    }
}
