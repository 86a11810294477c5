namespace HandMeshEngine.Compute.Passes;

/// <summary>The rewrites that every optimising backend gets, in order.</summary>
internal static class Optimizer
{
    /// <summary>
    /// Removes dead nodes, folds constants and batch norms, fuses epilogues, composes linear convolutions. Values with a tap stay as they are, observed or
    /// not, so that observing changes no result.
    /// </summary>
    public static OpGraph Run(OpGraph graph, IReadOnlyList<string> observe, ConstantEvaluator evaluate)
    {
        graph = DeadNodes.Remove(graph, observe);
        graph = ConstantFolding.Run(graph, evaluate);
        graph = BatchNormFolding.ToAffine(graph);
        int before;
        do
        {
            before = graph.Nodes.Count;
            graph = BatchNormFolding.IntoWeights(graph);
            graph = EpilogueFusion.Run(graph);
            graph = DeadNodes.Remove(graph, observe);
        }
        while (graph.Nodes.Count < before);

        return DeadNodes.Remove(ConvComposition.Run(graph), observe);
    }
}
