using HandMeshEngine.Compute.Backends.Cpu.Plan;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Compute.Tests.Cpu;

public sealed class WarmUpTests
{
    [Fact]
    public void Every_step_computes_its_first_and_its_last_tile_on_a_black_pixel()
    {
        var image = new ImageSource();
        RecordingStep[] steps = [new(1, image), new(7, image)];
        CpuPlan plan = PlanOf(steps);

        new WarmUp(plan, image).Wait();

        Assert.Equal(["0: 1x1"], steps[0].Computed);
        Assert.Equal(["0: 1x1", "6: 1x1"], steps[1].Computed);
        unsafe
        {
            Assert.True(image.Pixels == null, "the pixel is forgotten");
        }
    }

    [Fact]
    public void A_mistake_of_a_kernel_reaches_the_caller()
    {
        var image = new ImageSource();
        var warmUp = new WarmUp(PlanOf(new RecordingStep(2, image) { Fails = true }), image);

        Assert.Equal("tile 0", Assert.Throws<InvalidOperationException>(warmUp.Wait).Message);
    }

    private static CpuPlan PlanOf(params RecordingStep[] steps)
    {
        var g = new GraphBuilder(new Dictionary<string, Tensor>());
        g.Output("y", g.Relu(g.Input("x", 1, 1)));
        Node node = g.Build().Nodes[0];
        var plan = new CpuPlan();
        foreach (RecordingStep step in steps)
        {
            plan.Add(node, step);
        }

        return plan;
    }

    private sealed class RecordingStep(int tiles, ImageSource image) : Step
    {
        public List<string> Computed { get; } = [];

        public bool Fails { get; init; }

        public override int Tiles => tiles;

        public override string Describe() => "recording";

        protected override unsafe void Compute(int tile, float* scratch)
        {
            if (Fails)
            {
                throw new InvalidOperationException($"tile {tile}");
            }

            Computed.Add($"{tile}: {image.Width}x{image.Height}");
        }
    }
}
