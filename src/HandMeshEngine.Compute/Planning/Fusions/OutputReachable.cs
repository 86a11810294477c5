namespace HandMeshEngine.Compute.Planning.Fusions;

/// <summary>Values that reach an output of the graph unchanged: they are not rounded to fp16 on their way to the caller.</summary>
internal static class OutputReachable
{
    /// <summary>The outputs and what they are only moved from.</summary>
    public static HashSet<int> Find(OpGraph graph)
    {
        var reachable = new HashSet<int>();
        var open = new Stack<int>(graph.Outputs.Values);
        while (open.TryPop(out int id))
        {
            if (reachable.Add(id) && graph.Nodes[id].Op.Traits.MovesOnly)
            {
                foreach (int input in graph.Nodes[id].Inputs)
                {
                    open.Push(input);
                }
            }
        }

        return reachable;
    }
}
