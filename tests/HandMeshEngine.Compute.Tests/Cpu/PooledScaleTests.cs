using HandMeshEngine.Compute.Backends.Cpu.Simd;

namespace HandMeshEngine.Compute.Tests.Cpu;

public sealed class PooledScaleTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_means_of_a_scaled_map_are_scaled_and_not_the_map(bool factorsFirst)
    {
        var scaled = new OpCase("a scaled map, pooled", scene =>
        {
            Value x = scene.Input("x", 2, 37, 6, 8), factors = scene.Input("factors", 2, 37, 1, 1);
            GraphBuilder g = scene.Graph;
            scene.Output(g.AveragePool(factorsFirst ? g.Multiply(factors, x) : g.Multiply(x, factors), 2, 2));
        });
        string plan = Compare(scaled);
        Assert.Contains(" times ", plan);
        Assert.DoesNotContain("multiply", plan);
    }

    [Fact]
    public void A_scaled_map_that_others_read_too_is_scaled()
    {
        var shared = new OpCase("a scaled map, pooled and read", scene =>
        {
            GraphBuilder g = scene.Graph;
            Value product = g.Multiply(scene.Input("x", 1, 19, 6, 8), scene.Input("factors", 1, 19, 1, 1));
            scene.Output(g.AveragePool(product, 2, 2), "pooled");
            scene.Output(g.Relu(product), "read");
        });
        Assert.Contains("multiply", Compare(shared));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Planes_of_colours_become_pixels_wherever_the_tiles_are_cut(int threads)
    {
        var picture = new OpCase("a picture", scene => scene.Output(scene.Graph.Relu(scene.Input("x", 2, 3, 37, 301))));
        OpScene made = picture.Make();
        using var cpu = new CpuBackend(threads, SimdLevels.Best, guarded: true);
        using Session session = made.Open(cpu);
        made.Run(session);
        Assert.Contains("loops 2x37x3x301", session.PlanText);
        Assert.True(((CpuSession)session).GuardsAreIntact);
        Assert.Equal([.. made.Inputs["x"].Span<float>().ToArray().Select(value => Math.Max(0, value))], session.Output(session.Graph.Outputs.Keys.Single()).ToArray());
    }

    private static string Compare(OpCase made)
    {
        OpScene scene = made.Make();
        using var cpu = new CpuBackend(threads: 2, SimdLevels.Best, guarded: true);
        using var reference = new ReferenceBackend();
        using Session got = scene.Open(cpu);
        using Session expected = scene.Open(reference);
        scene.Run(got);
        scene.Run(expected);
        foreach (string output in got.Graph.Outputs.Keys)
        {
            OpComparison comparison = OpComparison.Compare(output, got.Output(output), expected.Output(output));
            Assert.True(comparison.Error <= made.Tolerance, $"{comparison}\n{got.PlanText}");
        }

        Assert.True(((CpuSession)got).GuardsAreIntact);
        return got.PlanText;
    }
}
