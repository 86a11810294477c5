using HandMeshEngine.Compute.Backends.Cuda.Ops;
using HandMeshEngine.Compute.Backends.Cuda.Tiles;
using HandMeshEngine.Compute.Passes;

namespace HandMeshEngine.Compute.Backends.Cuda.Lowering;

/// <summary>
/// Turns a graph into kernel launches, node by node. Reshapes, transpositions and slices become other views of the same memory where
/// the layout allows it; kernels that need a matrix, alignment or fp16 get a copy where it is not at hand. Each op has a file of its
/// own in Ops.
/// </summary>
internal static class CudaLowering
{
    /// <summary>The plan of a graph; <paramref name="merges"/> off leaves a launch to each step, to be measured alone; <paramref name="walks"/> off one to each group of them.</summary>
    /// <exception cref="GraphException">The graph holds something that no kernel does.</exception>
    public static CudaPlan Lower(OpGraph graph, SessionOptions options, TileChoice tiles, bool roundsHeads = false, bool merges = true, bool walks = true)
    {
        var context = new CudaLoweringContext(graph, options, tiles, roundsHeads, merges);
        foreach (Node node in graph.Nodes)
        {
            if (!context.Fusions.Fused.Contains(node.Id))
            {
                OpCatalog.Of(node.Op).Cuda.Lower(context, node);
            }
        }

        foreach (int id in graph.Outputs.Values.Concat(DeadNodes.Observed(graph, options.Observe)).Distinct().Order())
        {
            context.Views.Export(graph.Nodes[id]);
        }

        if (merges)
        {
            context.Plan.Merge();
            if (walks)
            {
                context.Plan.Walk();
            }
        }

        context.Plan.PlaceBuffers();
        return context.Plan;
    }
}
