using HandMeshEngine.Compute.Backends.Cuda.Plan;

namespace HandMeshEngine.Compute.Tests.Cuda;

/// <summary>Small launches in a row as stages of one: the same numbers, however many blocks a card holds, and blocks that meet.</summary>
public sealed class WalkTests
{
    // What a plan's text has before a stage that is not the first.
    private const string Stage = "\n   / ";
    private const string Tail = "the tail of a mesh network";

    [Theory]
    [InlineData(75, 132, false)]
    [InlineData(86, 1, false)]
    [InlineData(90, 3, true)]
    [InlineData(90, 132, true)]
    public void The_stages_of_one_launch_give_the_bits_of_launches_of_their_own(int sm, int multiprocessors, bool reversed)
    {
        OpScene scene = OpCases.Named(Tail).Make();
        var options = new SimulatorOptions { MultiprocessorCount = multiprocessors, ReversedOrder = reversed };
        (float[] walked, string plan, long launches) = Run(scene, sm, options, "");
        (float[] apart, string separate, long all) = Run(scene, sm, options, "walk=off");
        int more = plan.Split(Stage).Length - 1;
        Assert.InRange(more, 12, 20);
        Assert.DoesNotContain(Stage, separate);
        Assert.Equal(apart, walked);
        Assert.Equal(all - more, launches);
    }

    [Theory]
    [InlineData("        if (atomicAdd(state, 1u) == gridDim.x - 1) {", "        if (atomicAdd(state, 1u) >= gridDim.x / 2) {")] // half of them is enough
    [InlineData("            while (load_acquire(state + 1) == meetings) {\n            }\n", "")]
    [InlineData("    __syncthreads();\n    if (threadIdx.x == 0) block_of_stage() = number;", "    if (threadIdx.x == 0) block_of_stage() = number;")]
    [InlineData("        wait_for_all_blocks", "")]
    public void Blocks_that_do_not_meet_are_caught(string sound, string defect)
    {
        var sources = new Dictionary<string, string>(ProgramWriter.Sources);
        if (defect.Length > 0 || sound.Contains("while", StringComparison.Ordinal))
        {
            Assert.Contains(sound, sources["walk.cuh"]);
            sources["walk.cuh"] = sources["walk.cuh"].Replace(sound, defect, StringComparison.Ordinal);
        }
        else
        {
            sources["walk.cuh"] += "#define wait_for_all_blocks(state) ((void)0)\n";
        }

        OpScene scene = OpCases.Named(Tail).Make();
        using var reference = new ReferenceBackend();
        using Session expected = scene.Open(reference);
        scene.Run(expected);
        using SimulatedCuda cuda = SimulatedCuda.Open(90, sources: sources, options: new SimulatorOptions { MultiprocessorCount = 2 });
        double error = 0;
        Exception? thrown = Record.Exception(() =>
        {
            using Session session = scene.Open(cuda.Backend, SimulatedCuda.Options());
            scene.Run(session);
            error = OpComparison.Compare("y", session.Output("y"), expected.Output("y")).Error;
        });
        Assert.True(thrown is CudaException { Kind: CudaErrorKind.Sticky } || error > 1e-5, $"{error} {thrown}");
    }

    private static (float[] Result, string Plan, long Launches) Run(OpScene scene, int sm, SimulatorOptions options, string switches)
    {
        using SimulatedCuda cuda = SimulatedCuda.Open(sm, options: options, switches: switches);
        using Session session = scene.Open(cuda.Backend, SimulatedCuda.Options());
        scene.Run(session);
        long before = cuda.Simulator.Counters.Launches;
        scene.Run(session);
        return ([.. session.Output("y"), .. session.Output("joints")], session.PlanText, cuda.Simulator.Counters.Launches - before);
    }
}
