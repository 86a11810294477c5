using System.Globalization;
using HandMeshEngine.Compute;
using HandMeshEngine.Compute.Graph;

namespace HandMeshEngine.Tests.Models;

/// <summary>How many kernels a pass launches: at batch 1 each is a hop that no card makes faster.</summary>
public sealed class LaunchCountTests
{
    [Theory]
    [InlineData("mediapipe-hand", "full", "palm", 81)]
    [InlineData("mediapipe-hand", "full", "hand", 53)]
    [InlineData("mediapipe-hand", "lite", "palm", 71)]
    [InlineData("mediapipe-hand", "lite", "hand", 54)]
    [InlineData("graphhand", null, "graphhand", 265)]
    [InlineData("handar", null, "handar", 170)]
    [InlineData("handdgp", null, "handdgp", 93)]
    [InlineData("inceptiongraph", "r18", "inceptiongraph", 118)]
    [InlineData("inceptiongraph", "r50", "inceptiongraph", 184)]
    [InlineData("pixelaligned", "r18", "pixelaligned", 93)]
    [InlineData("pixelaligned", "r50", "pixelaligned", 126)]
    [InlineData("mobrecon", "dsconv", "mobrecon", 170)]
    [InlineData("mobrecon", "spiralconv", "mobrecon", 165)]
    public void A_pass_launches_no_more_kernels_than_its_budget(string system, string? variant, string network, int most)
    {
        string? weights = system == HandSystems.DefaultId ? null : "random:0";
        OpGraph graph = HandNetworks.Build(new EstimatorOptions { System = system, Weights = weights, Variant = variant })
            .Single(pair => pair.Key == network).Value;
        using Backend backend = Devices.Open("sm_90");
        using Session plan = backend.Open(graph, new SessionOptions { Precision = Precision.Float16 });
        string total = plan.PlanText.Split('\n')[^2]; // launches 97, kernels 68, ...
        int launches = int.Parse(total.Split(' ', ',')[1], CultureInfo.InvariantCulture);
        Assert.True(launches <= most, $"{launches} launches, at most {most} are allowed:\n{plan.PlanText}");
    }
}
