using System.Globalization;
using System.Text;
using HandMeshEngine.Compute.Backends.Cuda.Lowering;
using HandMeshEngine.Compute.Backends.Cuda.Plan;
using HandMeshEngine.Compute.Backends.Cuda.Tiles;

namespace HandMeshEngine.Compute.Tests.Cuda;

/// <summary>
/// What a prediction of each system costs in hops: launches, and loads that a warp waits for one after the other outside tensor cores.
/// At batch 1 these decide the time, so both are budgets. tests/golden/cuda-budgets.txt names every launch with less than a million
/// multiply-adds. To write it anew: HANDMESH_WRITE_GOLDEN=1.
/// </summary>
public sealed class PlanBudgetTests
{
    private const int MostDependentSteps = 40;
    private const long SmallMultiplyAdds = 500_000;

    private static readonly (string System, string? Variant)[] _systems =
    [
        ("mediapipe-hand", null), ("handdgp", null), ("mobrecon", "dsconv"), ("mobrecon", "spiralconv"), ("graphhand", null), ("handar", null),
        ("inceptiongraph", "r18"), ("pixelaligned", "r18"),
    ];

    [Fact]
    public void Every_system_has_the_launches_and_dependent_steps_of_the_table()
    {
        int most = 0;
        var text = new StringBuilder();
        foreach ((string system, string? variant) in _systems)
        {
            var options = new EstimatorOptions { System = system, Variant = variant, Weights = system == "mediapipe-hand" ? null : "random:1" };
            foreach ((string network, OpGraph graph) in HandNetworks.Build(options))
            {
                OpGraph optimized = Optimizer.Run(graph, [], (op, inputs, type) => ReferenceEvaluator.Evaluate(op, inputs, type));
                List<LaunchStep> steps = CudaLowering.Lower(optimized, SimulatedCuda.Options(Precision.Float16), new TileChoice(90)).Steps;
                int dependent = steps.Sum(step => step.DependentSteps);
                most = Math.Max(most, dependent);
                text.Append(CultureInfo.InvariantCulture, $"{system}{(variant is null ? "" : " ")}{variant} {network}: launches {steps.Count}, dependent steps {dependent}\n");
                foreach (LaunchStep step in steps.Where(step => step.DependentSteps > 0 || step.MultiplyAdds < SmallMultiplyAdds))
                {
                    text.Append(CultureInfo.InvariantCulture, $"  {step.Node.Stage} %{step.Node.Id} {step.Variant}: dependent steps {step.DependentSteps}, multiply-adds {step.MultiplyAdds}\n");
                }
            }
        }

        string path = Path.Combine(SimulatedCuda.Root, "tests", "golden", "cuda-budgets.txt");
        if (Environment.GetEnvironmentVariable("HANDMESH_WRITE_GOLDEN") == "1")
        {
            File.WriteAllText(path, text.ToString());
        }

        Assert.Equal(File.ReadAllText(path), text.ToString());
        Assert.InRange(most, 1, MostDependentSteps);
    }
}
