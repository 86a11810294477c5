namespace HandMeshEngine.Compute.Passes;

/// <summary>Removes what no output, and no tap that is observed, needs.</summary>
internal static class DeadNodes
{
    /// <summary>
    /// The graph without unused nodes. Inputs stay, so that callers can always write them. Taps stay named where their node
    /// is alive; those in <paramref name="observe"/> (<c>*</c>: all) are kept alive.
    /// </summary>
    /// <exception cref="ArgumentException">A name in <paramref name="observe"/> is no tap or output.</exception>
    public static OpGraph Remove(OpGraph graph, IReadOnlyList<string> observe) =>
        Keep(graph, graph.Outputs.Values.Concat(graph.Inputs.Values).Concat(Observed(graph, observe)));

    /// <summary>The graph without unused nodes and without inputs that no output reads.</summary>
    public static OpGraph RemoveUnread(OpGraph graph) => Keep(graph, graph.Outputs.Values);

    private static OpGraph Keep(OpGraph graph, IEnumerable<int> roots)
    {
        var live = new bool[graph.Nodes.Count];
        foreach (int id in roots)
        {
            live[id] = true;
        }

        for (int id = live.Length - 1; id >= 0; id--)
        {
            if (live[id])
            {
                foreach (int input in graph.Nodes[id].Inputs)
                {
                    live[input] = true;
                }
            }
        }

        var rewriter = new GraphRewriter(graph);
        foreach (Node node in graph.Nodes)
        {
            if (live[node.Id])
            {
                rewriter.Keep(node);
            }
        }

        return rewriter.Finish();
    }

    /// <summary>The nodes behind the observed names.</summary>
    public static IEnumerable<int> Observed(OpGraph graph, IReadOnlyList<string> observe)
    {
        foreach (string name in observe)
        {
            if (name == "*")
            {
                foreach (int id in graph.Taps.Values)
                {
                    yield return id;
                }
            }
            else if (graph.Taps.TryGetValue(name, out int id) || graph.Outputs.TryGetValue(name, out id))
            {
                yield return id;
            }
            else
            {
                throw new ArgumentException($"'{name}' cannot be observed; this model has {string.Join(", ", graph.Taps.Keys)}", nameof(observe));
            }
        }
    }
}
