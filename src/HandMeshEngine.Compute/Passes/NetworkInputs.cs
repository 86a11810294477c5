namespace HandMeshEngine.Compute.Passes;

/// <summary>Cuts a graph at its pixels: the network alone, from sampled crops to outputs.</summary>
public static class NetworkInputs
{
    /// <summary>
    /// The graph with each crop that the network reads (the result of a warp that no other warp reads) as a tensor input
    /// <c>input</c>, <c>input1</c>, ... [N, 3, H, W]. What only the warps needed is gone.
    /// </summary>
    public static OpGraph Cut(OpGraph graph)
    {
        var rewarped = graph.Nodes.Where(node => node.Op is WarpNormalizeOp).Select(node => node.Inputs[0]).ToHashSet();
        var rewriter = new GraphRewriter(graph);
        var inputs = new Dictionary<string, int>();
        foreach (Node node in graph.Nodes)
        {
            if (node.Op is not WarpNormalizeOp || rewarped.Contains(node.Id))
            {
                rewriter.Keep(node);
                continue;
            }

            string name = inputs.Count == 0 ? "input" : $"input{inputs.Count}";
            inputs.Add(name, rewriter.Put(node, new InputOp(name, node.Type), []));
        }

        return DeadNodes.RemoveUnread(rewriter.Finish(inputs));
    }
}
