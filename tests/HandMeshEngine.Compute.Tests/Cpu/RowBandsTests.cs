using HandMeshEngine.Compute.Backends.Cpu.Simd;

namespace HandMeshEngine.Compute.Tests.Cpu;

public sealed class RowBandsTests
{
    // With five threads no steps are fused.
    private const int ThreadsWithoutBands = 5;

    // Maps of about 900 KB with odd extents: windows across bands, strides, borders of every side, and a residual.
    private static readonly OpCase _case = new("large maps in a row", scene =>
    {
        GraphBuilder g = scene.Graph;
        Value x = scene.Input("x", 1, 5, 101, 83);
        Value first = g.Relu(g.Conv2d(x, scene.Weight(0.2f, 27, 5, 3, 3), scene.Weight(0.2f, 27), 1, Padding.Same(1)));
        Value wide = g.Conv2d(first, scene.Weight(0.2f, 27, 1, 5, 5), null, 1, Padding.Same(2), groups: 27);
        Value mixed = g.Relu6(g.Conv2d(wide, scene.Weight(0.2f, 25, 27, 1, 1), scene.Weight(0.2f, 25), 1, default));
        scene.Output(g.Conv2d(mixed, scene.Weight(0.3f, 25, 1, 3, 3), null, 2, new Padding(0, 1, 2, 1), groups: 25), "halved");
        Value shared = g.Conv2d(x, scene.Weight(0.3f, 27, 5, 1, 1), null, 1, default);
        Value inner = g.Conv2d(shared, scene.Weight(0.3f, 27, 1, 3, 3), null, 1, Padding.Same(1), groups: 27);
        scene.Output(g.Relu(g.Sum(g.Conv2d(inner, scene.Weight(0.2f, 27, 27, 1, 1), null, 1, default), shared)), "residual");
    });

    public static TheoryData<int> Levels => [.. Enum.GetValues<SimdLevel>().Where(level => level <= SimdLevels.Best).Select(level => (int)level)];

    [Theory]
    [MemberData(nameof(Levels))]
    public void Fused_steps_compute_the_bits_of_the_single_steps(int level)
    {
        OpScene scene = _case.Make();
        (string plan, int[] expected) = Run(scene, ThreadsWithoutBands, (SimdLevel)level);
        Assert.DoesNotContain("bands of", plan);
        for (int threads = 1; threads <= 3; threads++)
        {
            (string fused, int[] got) = Run(scene, threads, (SimdLevel)level);
            Assert.Equal(3, fused.Split("bands of").Length);
            Assert.Equal(expected, got);
        }
    }

    [Fact]
    public void Fused_steps_agree_with_the_reference_and_count_their_arithmetic()
    {
        OpScene scene = _case.Make();
        using var cpu = new CpuBackend(threads: 2);
        using var reference = new ReferenceBackend();
        OpGraph graph = scene.Graph.Build();
        using Session got = cpu.Open(graph, new SessionOptions { Profile = true });
        using Session expected = reference.Open(graph, new SessionOptions { Profile = true });
        scene.Run(got);
        scene.Run(expected);
        foreach (string output in graph.Outputs.Keys)
        {
            OpComparison comparison = OpComparison.Compare(output, got.Output(output), expected.Output(output));
            Assert.True(comparison.Error <= _case.Tolerance, $"{comparison}\n{got.PlanText}");
        }

        Assert.Equal(got.Graph.Nodes.Sum(node => node.Op.MultiplyAdds(got.Graph.InputTypes(node), node.Type)), got.Profile!.Steps.Sum(step => step.MultiplyAdds));
    }

    private static (string Plan, int[] Bits) Run(OpScene scene, int threads, SimdLevel level)
    {
        using var cpu = new CpuBackend(threads, level, guarded: true);
        using Session session = scene.Open(cpu);
        scene.Run(session);
        scene.Run(session);
        Assert.True(((CpuSession)session).GuardsAreIntact, session.PlanText);
        return (session.PlanText, [.. session.Graph.Outputs.Keys.Order().SelectMany(name => Bits(session.Output(name)))]);
    }

    private static int[] Bits(ReadOnlySpan<float> values) =>
        System.Runtime.InteropServices.MemoryMarshal.Cast<float, int>(values).ToArray();
}
