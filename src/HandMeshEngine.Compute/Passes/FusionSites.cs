namespace HandMeshEngine.Compute.Passes;

/// <summary>
/// Finds producers that a consumer may fuse: used once, and their value has no name (output or tap). Then rewrites the
/// graph, emitting each fused producer at its consumer's place.
/// </summary>
internal sealed class FusionSites
{
    private readonly OpGraph _graph;
    private readonly Uses _uses;

    public FusionSites(OpGraph graph)
    {
        _graph = graph;
        _uses = new Uses(graph);
    }

    /// <summary>The node behind an operand, if nothing else sees its value.</summary>
    public Node? SoleProducer(Node consumer, int operand) => _uses.SoleProducer(consumer, operand);

    /// <summary>Rewrites: <paramref name="fuse"/> emits consumer and producer as one; chains wait for the next round.</summary>
    public OpGraph Rewrite(Dictionary<int, Node> producers, Action<GraphRewriter, Node, Node> fuse)
    {
        foreach (int consumer in producers.Keys.Order().ToArray())
        {
            if (producers.TryGetValue(consumer, out Node? producer) && producers.ContainsKey(producer.Id))
            {
                producers.Remove(consumer);
            }
        }

        var fused = producers.Values.Select(node => node.Id).ToHashSet();
        var rewriter = new GraphRewriter(_graph);
        foreach (Node node in _graph.Nodes)
        {
            if (producers.TryGetValue(node.Id, out Node? producer))
            {
                fuse(rewriter, node, producer);
            }
            else if (!fused.Contains(node.Id))
            {
                rewriter.Keep(node);
            }
        }

        return rewriter.Finish();
    }
}
