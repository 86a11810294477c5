using HandMeshEngine.Checkpoints;
using HandMeshEngine.Compute.Backends.Cuda.Lowering;
using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Compute.Backends.Cuda.Tiles;
using HandMeshEngine.Compute.Planning.Memory;
using HandMeshEngine.Systems.MediaPipeHand;

namespace HandMeshEngine.Compute.Tests.Cuda;

/// <summary>Which launches run side by side, and that nothing which waits for another does.</summary>
public sealed class LaunchOrderTests
{
    private static readonly TensorType _type = new(DType.Float32, new Shape(1));

    private readonly Node _node = new(0, new InputOp("x", _type), [], _type, string.Empty, Rounding.Everywhere);

    [Fact]
    public void What_reads_the_same_value_runs_side_by_side()
    {
        PlanBuffer x = Buffer(), a = Buffer(), b = Buffer();
        LaunchStep first = Step("first", [x], a), second = Step("second", [x], b), sum = Step("sum", [a, b], Buffer());
        Assert.Equal([[first, second], [sum]], LaunchOrder.Of([first, second, sum]));
    }

    [Fact]
    public void What_reads_a_part_of_a_buffer_waits_for_all_who_wrote_there_before()
    {
        PlanBuffer x = Buffer(), joined = Buffer();
        LaunchStep left = Step("left", [x], joined), right = Step("right", [x], joined), reader = Step("reader", [joined], Buffer());
        Assert.Equal([[left, right], [reader]], LaunchOrder.Of([left, right, reader]));
    }

    [Fact]
    public void The_longest_chain_goes_first_and_a_branch_fills_its_gaps()
    {
        PlanBuffer x = Buffer(), a = Buffer(), b = Buffer(), side = Buffer();
        LaunchStep branch = Step("branch", [x], side), one = Step("one", [x], a), two = Step("two", [a], b), end = Step("end", [b, side], Buffer());
        LaunchStep wide = Step("wide", [x], Buffer(), threads: 64);
        Assert.Equal([[one, branch], [two], [wide], [end]], LaunchOrder.Of([branch, one, two, wide, end]));
    }

    [Fact]
    public void Large_grids_and_other_blocks_stay_alone()
    {
        PlanBuffer x = Buffer();
        LaunchStep large = Step("large", [x], Buffer(), blocks: 5000), narrow = Step("narrow", [x], Buffer(), threads: 64), plain = Step("plain", [x], Buffer());
        Assert.Equal([[large], [narrow], [plain]], LaunchOrder.Of([large, narrow, plain]));
    }

    /// <summary>It would hold up what waits for the others.</summary>
    [Fact]
    public void A_chain_goes_beside_other_launches_alone()
    {
        PlanBuffer x = Buffer(), a = Buffer(), b = Buffer(), side = Buffer();
        LaunchStep chain = LaunchStep.Chain([Step("first", [x], side), Step("second", [side], Buffer())]);
        LaunchStep one = Step("one", [x], a), two = Step("two", [a], b);
        Assert.Equal([[one], [chain], [two]], LaunchOrder.Of([chain, one, two]));
        Assert.Equal(4, chain.Pointers.Count);
        Assert.True(new LaunchLanes([one, chain, two]).IsSide(1));
    }

    /// <summary>On a real plan: parts read only what earlier launches wrote, and all of the unmerged launches are there.</summary>
    [Theory]
    [InlineData(75)]
    [InlineData(90)]
    public void Parts_of_a_plan_read_only_what_earlier_launches_wrote(int sm)
    {
        OpGraph graph = PalmDetector.Build(
            SafetensorsFile.Read(Path.Combine(CaseFolders.Repository!, "weights", "mediapipe-hand-full.safetensors")));
        graph = Optimizer.Run(graph, [], (op, inputs, type) => ReferenceEvaluator.Evaluate(op, inputs, type));
        SessionOptions options = SimulatedCuda.Options(Precision.Float16);
        List<LaunchStep> merged = CudaLowering.Lower(graph, options, new TileChoice(sm)).Steps;
        List<LaunchStep> alone = CudaLowering.Lower(graph, options, new TileChoice(sm), merges: false).Steps;
        Assert.Equal(alone.Select(step => step.Entry).Order(), merged.SelectMany(Parts).Select(step => step.Entry).Order());
        Assert.InRange(merged.Count, 1, alone.Count - 5);
        Dictionary<PlanBuffer, int> lastWrite = merged.SelectMany((step, i) => Written(step).Select(buffer => (buffer, i)))
            .GroupBy(pair => pair.buffer, pair => pair.i).ToDictionary(group => group.Key, group => group.Min());
        for (int i = 0; i < merged.Count; i++)
        {
            foreach (Pointer read in merged[i].Pointers.Where(pointer => !pointer.IsWritten && pointer.Buffer?.Kind == BufferKind.Arena))
            {
                Assert.InRange(lastWrite[read.Buffer!], 0, i - 1);
            }
        }
    }

    [Theory]
    [InlineData(75, Precision.Float32, false)]
    [InlineData(75, Precision.Float16, true)]
    [InlineData(86, Precision.Float16, false)]
    [InlineData(86, Precision.Float32, true)]
    public void Branches_agree_with_the_reference_in_any_order_of_their_blocks(int sm, Precision precision, bool reversed)
    {
        OpScene scene = OpCases.Named("branches side by side").Make();
        using SimulatedCuda cuda = SimulatedCuda.Open(sm, options: new SimulatorOptions { ReversedOrder = reversed }, loneOps: true);
        using var reference = new ReferenceBackend();
        using Session expected = scene.Open(reference);
        using Session got = scene.Open(cuda.Backend, SimulatedCuda.Options(precision));
        Assert.Contains("   & ", got.PlanText);
        scene.Run(expected);
        scene.Run(got);
        foreach (string output in expected.Graph.Outputs.Keys)
        {
            OpComparison comparison = OpComparison.Compare(output, got.Output(output), expected.Output(output));
            Assert.True(comparison.Error <= 1e-5, $"{comparison}\n{got.PlanText}");
        }
    }

    private static IEnumerable<LaunchStep> Parts(LaunchStep step) => step.Parts.Count > 0 ? step.Parts : [step];

    private static IEnumerable<PlanBuffer> Written(LaunchStep step) =>
        step.Pointers.Where(pointer => pointer.IsWritten).Select(pointer => pointer.Buffer!);

    private static PlanBuffer Buffer() => new(BufferKind.Arena, 256);

    private LaunchStep Step(string name, PlanBuffer[] reads, PlanBuffer writes, int blocks = 10, int threads = 128)
    {
        var step = new LaunchStep(_node, "move", name) { Shape = new LaunchShape(blocks, 1, 1, threads) };
        foreach (PlanBuffer read in reads)
        {
            step.Take(new Pointer(read, 0));
        }

        return step.Take(new Pointer(writes, 0, IsWritten: true));
    }
}
