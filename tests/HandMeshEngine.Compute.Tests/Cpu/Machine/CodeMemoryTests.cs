using HandMeshEngine.Compute.Backends.Cpu.Machine;
using static HandMeshEngine.Compute.Tests.Cpu.Machine.CpuBFloat16Tests;

namespace HandMeshEngine.Compute.Tests.Cpu.Machine;

/// <summary>What becomes of code memory, which is counted for the whole process: nothing else may open plans meanwhile.</summary>
[Collection(nameof(CodeMemoryTests))]
[CollectionDefinition(nameof(CodeMemoryTests), DisableParallelization = true)]
public sealed class CodeMemoryTests
{
    private static readonly SessionOptions _bf16 = new() { Precision = Precision.BFloat16 };

    [Fact]
    public void Code_is_freed_when_the_last_session_of_a_plan_is_disposed()
    {
        SkipWithoutBFloat16();
        using var cpu = new CpuBackend(threads: 1);
        OpScene scene = Chain();
        long before = ExecutableMemory.Open;
        float[]? expected = null;
        for (int i = 0; i < 500; i++)
        {
            using Session session = scene.Open(cpu, _bf16), sharing = scene.Open(cpu, _bf16);
            Assert.True(ExecutableMemory.Open <= before + 1);
            if (i % 100 == 0)
            {
                scene.Run(sharing);
                expected ??= sharing.Output("y").ToArray();
                Assert.Equal(expected, sharing.Output("y").ToArray());
            }
        }

        Assert.Equal(before, ExecutableMemory.Open);
    }

    [Fact]
    public void Sessions_that_are_forgotten_give_their_code_back()
    {
        SkipWithoutBFloat16();
        using var cpu = new CpuBackend(threads: 1);
        long before = ExecutableMemory.Open;
        Forget(cpu);
        for (int i = 0; i < 20 && ExecutableMemory.Open > before; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Equal(before, ExecutableMemory.Open);
    }

    [Fact]
    public void A_plan_that_gets_no_code_memory_holds_none()
    {
        SkipWithoutBFloat16();
        using var cpu = new CpuBackend(threads: 1) { RefusesCode = true };
        long before = ExecutableMemory.Open;
        for (int i = 0; i < 20; i++)
        {
            Assert.Throws<NotSupportedException>(() => Chain().Open(cpu, _bf16));
        }

        Assert.Equal(before, ExecutableMemory.Open);
    }

    private static void Forget(CpuBackend cpu)
    {
        Session session = Chain().Open(cpu, _bf16);
        Chain().Run(session);
        Assert.True(session.MemoryBytes > 0);
    }
}
