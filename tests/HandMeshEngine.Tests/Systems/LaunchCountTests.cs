using System.Globalization;

namespace HandMeshEngine.Tests.Systems;

/// <summary>How many kernels a pass launches: at batch 1 each is a hop that no card makes faster.</summary>
public sealed class LaunchCountTests
{
    [Theory]
    [InlineData("mediapipe-hand", "full", "palm", 44)]
    [InlineData("mediapipe-hand", "full", "hand", 33)]
    [InlineData("mediapipe-hand", "lite", "palm", 39)]
    [InlineData("mediapipe-hand", "lite", "hand", 33)]
    [InlineData("graphhand", null, "graphhand", 165)]
    [InlineData("handar", null, "handar", 103)]
    [InlineData("handdgp", null, "handdgp", 50)]
    [InlineData("inceptiongraph", "r18", "inceptiongraph", 55)]
    [InlineData("inceptiongraph", "r50", "inceptiongraph", 146)]
    [InlineData("pixelaligned", "r18", "pixelaligned", 48)]
    [InlineData("pixelaligned", "r50", "pixelaligned", 101)]
    [InlineData("mobrecon", "dsconv", "mobrecon", 65)]
    [InlineData("mobrecon", "spiralconv", "mobrecon", 73)]
    public void A_pass_launches_no_more_kernels_than_its_budget(string system, string? variant, string network, int most)
    {
        string? weights = system == HandSystems.Default.Id ? null : "random:0";
        OpGraph graph = HandNetworks.Build(new EstimatorOptions { System = system, Weights = weights, Variant = variant })
            .Single(pair => pair.Key == network).Value;
        using Backend backend = Devices.Open("sm_90");
        using Session plan = backend.Open(graph, new SessionOptions { Precision = Precision.Float16 });
        string total = plan.PlanText.Split('\n')[^2]; // launches 97, kernels 68, ...
        int launches = int.Parse(total.Split(' ', ',')[1], CultureInfo.InvariantCulture);
        Assert.True(launches <= most, $"{launches} launches, at most {most} are allowed:\n{plan.PlanText}");
    }
}
