using HandMeshEngine.Compute.Backends.Cpu.Products;
using HandMeshEngine.Compute.Backends.Cpu.RowBands;
using HandMeshEngine.Compute.Backends.Cpu.Warp;

namespace HandMeshEngine.Compute.Backends.Cpu.Plan;

/// <summary>
/// Plans a graph node by node (<see cref="Ops.CpuOp"/>), then lets every product prefetch the weights of the next, copies results out
/// and fuses steps on large maps.
/// </summary>
internal static class CpuPlanner
{
    /// <summary>The plan of a graph; <paramref name="results"/> are the nodes whose values are read after a run.</summary>
    public static CpuPlan Plan<TSimd, TVector>(
        OpGraph graph, IReadOnlyCollection<int> results, int threads, ImageSource image, ConstantStore constants)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        var plan = new CpuPlan(constants);
        var lowering = new Lowering<TSimd, TVector>(plan, graph, threads, image);
        foreach (Node node in graph.Nodes)
        {
            lowering.Compute(node);
        }

        PrefetchWeights<TSimd, TVector>(plan);
        foreach (int id in results.Distinct().Order())
        {
            lowering.Export(graph.Nodes[id]);
        }

        RowBandFusion.Apply(plan, threads);
        constants.Code?.Complete();
        return plan;
    }

    private static void PrefetchWeights<TSimd, TVector>(CpuPlan plan)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        ProductStep<TSimd, TVector>? next = null;
        foreach ((_, Step step) in Enumerable.Reverse(plan.Steps))
        {
            if (step is ProductStep<TSimd, TVector> product)
            {
                product.FollowedBy(next);
                next = product;
            }
        }
    }
}
