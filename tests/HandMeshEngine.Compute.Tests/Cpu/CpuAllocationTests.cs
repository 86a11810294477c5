namespace HandMeshEngine.Compute.Tests.Cpu;

/// <summary>Alone in the process while they run: what other tests allocate would count.</summary>
[CollectionDefinition(nameof(CpuAllocationTests), DisableParallelization = true)]
[Collection(nameof(CpuAllocationTests))]
public sealed class CpuAllocationTests
{
    private const int Attempts = 5;

    [Fact]
    public void Running_any_op_allocates_nothing_on_the_calling_thread()
    {
        using var backend = new CpuBackend(threads: 2);
        foreach (OpCase item in OpCases.All)
        {
            OpScene scene = item.Make();
            using Session session = scene.Open(backend);
            scene.Run(session);
            AssertAllocatesNothing(item.Name, GC.GetAllocatedBytesForCurrentThread, () => scene.Run(session));
        }
    }

    [Fact]
    public void Running_allocates_nothing_on_any_thread()
    {
        using var backend = new CpuBackend(threads: 3);
        foreach (string name in new[] { "conv2d 128->256 7x7 k3 s1 p1", "bottleneck with a shared border", "attention 98x98 width 256 heads 4" })
        {
            OpScene scene = OpCases.Named(name).Make();
            using Session session = scene.Open(backend);
            for (int i = 0; i < 20; i++)
            {
                scene.Run(session);
            }

            AssertAllocatesNothing(name, () => GC.GetTotalAllocatedBytes(precise: true), () => scene.Run(session));
        }
    }

    /// <summary>Counts several times: a collection or the runtime's own threads may move the counters once, the code under test always.</summary>
    private static void AssertAllocatesNothing(string name, Func<long> count, Action run)
    {
        long least = long.MaxValue;
        for (int attempt = 0; attempt < Attempts && least > 0; attempt++)
        {
            long before = count();
            for (int i = 0; i < 3; i++)
            {
                run();
            }

            least = Math.Min(least, count() - before);
        }

        Assert.True(least == 0, $"{name} allocates {least} bytes in 3 runs");
    }
}
