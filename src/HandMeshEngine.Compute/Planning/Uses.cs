namespace HandMeshEngine.Compute.Planning;

/// <summary>One reading of a value.</summary>
/// <param name="Reader">The node that reads it.</param>
/// <param name="Operand">As which of its inputs.</param>
internal readonly record struct Use(Node Reader, int Operand);

/// <summary>
/// Who reads each value of a graph. Outputs and taps are read from outside too, taps whether they are observed or not, so that
/// observing one changes no plan.
/// </summary>
internal sealed class Uses
{
    private readonly OpGraph _graph;
    private readonly List<Use>?[] _uses;
    private readonly HashSet<int> _named;

    /// <summary>Reads the graph once.</summary>
    public Uses(OpGraph graph)
    {
        _graph = graph;
        _uses = new List<Use>?[graph.Nodes.Count];
        _named = [.. graph.Outputs.Values, .. graph.Taps.Values];
        foreach (Node node in graph.Nodes)
        {
            for (int i = 0; i < node.Inputs.Count; i++)
            {
                (_uses[node.Inputs[i]] ??= []).Add(new Use(node, i));
            }
        }
    }

    /// <summary>All uses of a value inside the graph, readers in the order of the graph.</summary>
    public IReadOnlyList<Use> Of(int id) => _uses[id] ?? (IReadOnlyList<Use>)[];

    /// <summary>Whether a value is an output or a tap.</summary>
    public bool IsNamed(int id) => _named.Contains(id);

    /// <summary>Whether nothing reads a value but one operand of one node.</summary>
    public bool IsReadOnce(int id) => Of(id).Count == 1 && !IsNamed(id);

    /// <summary>The node behind an operand if nothing else reads its value, else null.</summary>
    public Node? SoleProducer(Node reader, int operand) =>
        IsReadOnce(reader.Inputs[operand]) ? _graph.Nodes[reader.Inputs[operand]] : null;
}
