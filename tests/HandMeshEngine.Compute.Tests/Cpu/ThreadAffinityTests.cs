using HandMeshEngine.Compute.Backends.Cpu.Threads;

namespace HandMeshEngine.Compute.Tests.Cpu;

public sealed class ThreadAffinityTests
{
    [Fact]
    public void The_run_time_of_a_thread_grows_while_it_runs()
    {
        ThreadAffinity affinity = AffinityHere();
        long before = affinity.RunTime;
        Assert.True(before > 0);
        while (affinity.RunTime == before)
        {
            Thread.SpinWait(10);
        }
    }

    [Fact]
    public void A_thread_may_run_where_it_might_before_it_was_moved_or_kept_off()
    {
        ThreadAffinity mine = AffinityHere();
        string before = Allowed();
        string keptOff = before, released = string.Empty;
        ThreadAffinity? its = null;
        using var told = new ManualResetEventSlim();
        using var moved = new ManualResetEventSlim();
        var other = new Thread(() =>
        {
            its = ThreadAffinity.OfThisThread;
            told.Set();
            moved.Wait(TestContext.Current.CancellationToken);
            keptOff = Allowed();
            its!.Release();
            released = Allowed();
            mine.MoveToMine();
            mine.MoveOffMine();
        });
        other.Start();
        told.Wait(TestContext.Current.CancellationToken);
        its!.KeepOffMine();
        moved.Set();
        other.Join();
        Assert.Equal(before, released);
        Assert.Equal(before, Allowed());
        if (Environment.ProcessorCount > 1)
        {
            Assert.NotEqual(before, keptOff);
        }
    }

    private static ThreadAffinity AffinityHere()
    {
        ThreadAffinity? affinity = ThreadAffinity.OfThisThread;
        if (affinity is null)
        {
            Assert.Skip("threads are placed on Linux with glibc only");
        }

        return affinity!;
    }

    private static string Allowed() =>
        File.ReadLines("/proc/thread-self/status").Single(line => line.StartsWith("Cpus_allowed:", StringComparison.Ordinal));
}
