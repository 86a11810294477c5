using HandMeshEngine.Compute.Backends.Cpu.Simd;

namespace HandMeshEngine.Compute.Tests.Cpu;

public sealed class CpuOpTests : IDisposable
{
    private readonly CpuBackend _cpu = new(threads: 2, SimdLevels.Best, guarded: true);
    private readonly ReferenceBackend _reference = new();

    public static TheoryData<string> Names => [.. OpCases.All.Select(item => item.Name)];

    public void Dispose()
    {
        _cpu.Dispose();
        _reference.Dispose();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_case_agrees_with_the_reference_and_writes_only_its_buffers(string name)
    {
        OpCase item = OpCases.Named(name);
        OpScene scene = item.Make();
        using Session expected = scene.Open(_reference);
        using Session got = scene.Open(_cpu);
        scene.Run(expected);
        scene.Run(got);
        foreach (string output in expected.Graph.Outputs.Keys)
        {
            OpComparison comparison = OpComparison.Compare(output, got.Output(output), expected.Output(output));
            Assert.True(comparison.Error <= item.Tolerance, $"{name}, {comparison}\n{got.PlanText}");
        }

        Assert.True(((CpuSession)got).GuardsAreIntact, $"{name} wrote outside its buffers\n{got.PlanText}");
    }

    [Fact]
    public void Every_op_has_a_case()
    {
        var covered = OpCases.All
            .SelectMany(item => item.Make().Graph.Build().Nodes)
            .Select(node => node.Op.GetType())
            .ToHashSet();
        IEnumerable<Type> ops = typeof(Op).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Op)) && !type.IsAbstract);
        Assert.Empty(ops.Where(op => !covered.Contains(op)).Select(op => op.Name));
    }

    [Fact]
    public void Case_names_are_unique() =>
        Assert.Empty(OpCases.All.GroupBy(item => item.Name).Where(group => group.Count() > 1).Select(group => group.Key));
}
