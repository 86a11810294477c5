namespace HandMeshEngine.Compute.Graph;

/// <summary>
/// A model as data: nodes in execution order, named inputs and outputs, and names for values inside that can be
/// observed. Immutable. Built by <see cref="GraphBuilder"/>, rewritten by the passes, compiled by a backend.
/// </summary>
public sealed class OpGraph
{
    internal OpGraph(
        IReadOnlyList<Node> nodes,
        IReadOnlyDictionary<string, int> inputs,
        IReadOnlyDictionary<string, int> outputs,
        IReadOnlyDictionary<string, int> taps)
    {
        Nodes = nodes;
        Inputs = inputs;
        Outputs = outputs;
        Taps = taps;
    }

    /// <summary>All nodes; a node's inputs come before it.</summary>
    public IReadOnlyList<Node> Nodes { get; }

    /// <summary>Names of the inputs (tensors and images) and their nodes.</summary>
    public IReadOnlyDictionary<string, int> Inputs { get; }

    /// <summary>Names of the results and their nodes.</summary>
    public IReadOnlyDictionary<string, int> Outputs { get; }

    /// <summary>Names of observable values inside the graph; kept only in plans that ask for them.</summary>
    public IReadOnlyDictionary<string, int> Taps { get; }

    /// <summary>The stages in order of first use.</summary>
    public IReadOnlyList<string> Stages =>
        [.. Nodes.Where(node => node.Op is not ConstantOp).Select(node => node.Stage).Distinct()];

    /// <summary>For each node, how often its value is used by other nodes.</summary>
    public int[] UseCounts()
    {
        int[] uses = new int[Nodes.Count];
        foreach (Node node in Nodes)
        {
            foreach (int input in node.Inputs)
            {
                uses[input]++;
            }
        }

        return uses;
    }

    /// <summary>The types of a node's operands.</summary>
    public IReadOnlyList<TensorType> InputTypes(Node node) => [.. node.Inputs.Select(id => Nodes[id].Type)];
}
