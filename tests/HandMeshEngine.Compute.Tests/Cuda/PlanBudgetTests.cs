using System.Globalization;
using System.Text;
using HandMeshEngine.Compute.Backends.Cuda.Lowering;
using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Compute.Backends.Cuda.Tiles;

namespace HandMeshEngine.Compute.Tests.Cuda;

/// <summary>
/// What a prediction of each system costs in hops: launches, and loads that a warp waits for one after the other outside tensor cores.
/// At batch 1 these decide the time, so both are budgets. tests/golden/cuda-budgets.txt names every launch of less than a million
/// operations with the reason why it is one, and the stages of every walk. To write it anew: HANDMESH_WRITE_GOLDEN=1.
/// </summary>
public sealed class PlanBudgetTests
{
    private const int MostDependentSteps = 40;
    private const long SmallMultiplyAdds = 500_000;

    private static readonly (string System, string? Variant, int MostLaunches)[] _systems =
    [
        ("mediapipe-hand", null, 44), ("handdgp", null, 50), ("mobrecon", "dsconv", 65), ("mobrecon", "spiralconv", 73), ("graphhand", null, 165),
        ("handar", null, 103), ("inceptiongraph", "r18", 55), ("pixelaligned", "r18", 48),
    ];

    // At commit e709a1b; null where it was not counted.
    private static readonly Dictionary<string, (int Launches, int? Steps)> _before = new()
    {
        ["mediapipe-hand, palm"] = (44, null),
        ["mediapipe-hand, hand"] = (35, null),
        ["handdgp"] = (71, 262),
        ["mobrecon, dsconv"] = (129, 127),
        ["mobrecon, spiralconv"] = (124, null),
        ["graphhand"] = (192, 93),
        ["handar"] = (132, 111),
        ["inceptiongraph, r18"] = (90, 297),
        ["pixelaligned, r18"] = (72, 288),
    };

    [Fact]
    public void Every_system_has_the_launches_and_dependent_steps_of_the_table()
    {
        int most = 0;
        var text = new StringBuilder();
        var table = new StringBuilder();
        foreach ((string system, string? variant, int mostLaunches) in _systems)
        {
            var options = new EstimatorOptions { System = system, Variant = variant, Weights = system == "mediapipe-hand" ? null : "random:1" };
            Dictionary<string, int> two = HandNetworks.Build(options, hands: 2).ToDictionary(network => network.Key, network => Plan(network.Value).Count);
            foreach ((string network, OpGraph graph) in HandNetworks.Build(options))
            {
                List<LaunchStep> steps = Plan(graph);
                int dependent = steps.Sum(step => step.DependentSteps);
                most = Math.Max(most, dependent);
                table.Append(Row(network == system ? system + (variant is null ? "" : $", {variant}") : $"{system}, {network}", steps.Count, two[network], dependent));
                Assert.InRange(steps.Count, 1, mostLaunches);
                text.Append(CultureInfo.InvariantCulture, $"{system}{(variant is null ? "" : " ")}{variant} {network}: launches {steps.Count}, dependent steps {dependent}\n");
                foreach (LaunchStep step in steps.Where(step => step.Stages.Count > 0 || step.DependentSteps > 0 || step.MultiplyAdds < SmallMultiplyAdds))
                {
                    text.Append(CultureInfo.InvariantCulture, $"  {step.Node.Stage} %{step.Node.Id} {step.Variant}: dependent steps {step.DependentSteps}, multiply-adds {step.MultiplyAdds}{(step.MultiplyAdds < SmallMultiplyAdds ? $": {Reason(step)}" : string.Empty)}\n");
                    foreach (LaunchStep stage in step.Stages)
                    {
                        text.Append(CultureInfo.InvariantCulture, $"    {stage.Node.Stage} %{stage.Node.Id} {stage.Variant}: blocks {stage.Blocks}, multiply-adds {stage.MultiplyAdds}\n");
                    }
                }
            }
        }

        string path = Path.Combine(SimulatedCuda.Root, "tests", "golden", "cuda-budgets.txt");
        string results = Path.Combine(SimulatedCuda.Root, "bench", "results", "simulated-cuda-budgets.md"), page = File.ReadAllText(results);
        int start = page.IndexOf("| System |", StringComparison.Ordinal), end = page.IndexOf("\n\n", start, StringComparison.Ordinal) + 1;
        string whole = TableHead + table;
        if (Environment.GetEnvironmentVariable("HANDMESH_WRITE_GOLDEN") == "1")
        {
            File.WriteAllText(path, text.ToString());
            File.WriteAllText(results, page[..start] + whole + page[end..]);
        }
        else
        {
            Assert.Equal(page[start..end], whole);
        }

        Assert.Equal(File.ReadAllText(path), text.ToString());
        Assert.InRange(most, 1, MostDependentSteps);
    }

    private const string TableHead =
        "| System | Launches before | after | two hands before | after | Dependent steps before | after | Modelled us of steps before | after | of launches before | after |\n"
        + "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n";

    private static List<LaunchStep> Plan(OpGraph graph)
    {
        OpGraph optimized = Optimizer.Run(graph, [], (op, inputs, type) => ReferenceEvaluator.Evaluate(op, inputs, type));
        return CudaLowering.Lower(optimized, SimulatedCuda.Options(Precision.Float16), new TileChoice(90)).Steps;
    }

    // The palm network looks once at a frame, however many hands it shows; every other one ran once a hand.
    private static string Row(string name, int launches, int two, int steps)
    {
        const double clockMhz = 1755, step = 850, launch = TileModel.HopClocks;
        (int before, int? stepsBefore) = _before[name];
        bool oncePerFrame = name.EndsWith("palm", StringComparison.Ordinal);
        string Us(double clocks) => string.Create(CultureInfo.InvariantCulture, $"{clocks / clockMhz:0}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {before} | {launches} | {(oncePerFrame ? before : 2 * before)} | {two} | {stepsBefore?.ToString(CultureInfo.InvariantCulture) ?? "not counted"} | {steps} | {(stepsBefore is { } b ? Us(b * step) : "")} | {Us(steps * step)} | {Us(before * launch)} | {Us(launches * launch)} |\n");
    }

    /// <summary>Why a launch that computes next to nothing is one all the same.</summary>
    private static string Reason(LaunchStep step) =>
        step.Stages.Count > 0 ? "all small launches of its stretch in one"
        : step.Leaves.Any(leaf => leaf.File == "warpnormalize") ? "reads the image, or the crop that a launch before it made of the image"
        : step.Leaves.Any(leaf => leaf.File == "conv2d") ? "a product of few outputs, between others that it cannot run beside"
        : step.Leaves.Any(leaf => leaf.File == "pool") ? "needs rows of several blocks of the convolution before it"
        : step.Leaves.Any(leaf => leaf.File == "resize") ? "spreads each pixel over blocks of the convolution behind it"
        : step.Leaves.Any(leaf => leaf.File is "move" or "spacetodepth") ? "lays values out as its readers need them"
        : step.Leaves.Any(leaf => leaf.File == "depthwise") ? "feeds a convolution whose tiles have no room for it"
        : step.Shape.BlockX != 128 ? "its blocks have another size than its neighbours'"
        : "alone or with one other between large launches: a walk of two would gain nothing";
}
