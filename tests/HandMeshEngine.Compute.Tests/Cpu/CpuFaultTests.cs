using HandMeshEngine.Compute.Backends.Cpu.Plan;

namespace HandMeshEngine.Compute.Tests.Cpu;

public sealed class CpuFaultTests
{
    [Theory]
    [InlineData("conv2d 64->128 14x15 k3 s2 p1")]
    [InlineData("attention 50x196 width 128 heads 1")]
    [InlineData("linear 1x1152->63")]
    public void Whichever_allocation_fails_it_is_told_and_the_next_session_works(string name)
    {
        OpScene scene = OpCases.Named(name).Make();
        using var backend = new CpuBackend(threads: 1);
        int calls = Count(scene, backend);
        Assert.InRange(calls, 1, 100);
        for (int failing = 0; failing < calls; failing++)
        {
            int call = 0;
            HostMemory.Refuses = _ => call++ == failing;
            try
            {
                string told = Assert.Throws<OutOfMemoryException>(() => scene.Open(backend, new SessionOptions()).Dispose()).Message;
                Assert.Contains("bytes of memory", told);
            }
            finally
            {
                HostMemory.Refuses = null;
            }

            using Session session = scene.Open(backend, new SessionOptions());
            scene.Run(session);
        }
    }

    private static int Count(OpScene scene, CpuBackend backend)
    {
        int calls = 0;
        HostMemory.Refuses = _ =>
        {
            calls++;
            return false;
        };
        try
        {
            scene.Open(backend, new SessionOptions()).Dispose();
            return calls;
        }
        finally
        {
            HostMemory.Refuses = null;
        }
    }
}
