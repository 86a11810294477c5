namespace HandMeshEngine.Compute.Passes;

/// <summary>
/// Builds a new graph from an old one, node by node in order: a pass keeps a node, puts another in its place, or maps it on a
/// node that is there already. Names of inputs, outputs and taps follow; taps of dropped nodes are forgotten.
/// </summary>
internal sealed class GraphRewriter
{
    private readonly OpGraph _old;
    private readonly List<Node> _nodes = [];
    private readonly int[] _map;

    public GraphRewriter(OpGraph old)
    {
        _old = old;
        _map = new int[old.Nodes.Count];
        Array.Fill(_map, -1);
    }

    /// <summary>The node that stands for an old one.</summary>
    public int Mapped(int oldId) => _map[oldId] >= 0
        ? _map[oldId]
        : throw new InvalidOperationException($"node {oldId} ({_old.Nodes[oldId].Op.Kind}) was dropped but is still used");

    /// <summary>A node of the new graph.</summary>
    public Node New(int newId) => _nodes[newId];

    /// <summary>Copies a node.</summary>
    public int Keep(Node node) => Put(node, node.Op, [.. node.Inputs.Select(Mapped)]);

    /// <summary>Puts another op in the place of an old node; the inputs are ids of the new graph.</summary>
    public int Put(Node node, Op op, IReadOnlyList<int> inputs) => _map[node.Id] = Insert(node, op, inputs);

    /// <summary>Adds a node that stands for no old one, in the stage and precision of <paramref name="like"/>.</summary>
    public int Insert(Node like, Op op, IReadOnlyList<int> inputs)
    {
        TensorType type = op.Infer([.. inputs.Select(id => _nodes[id].Type)]);
        _nodes.Add(new Node(_nodes.Count, op, inputs, type, like.Stage, like.Rounding));
        return _nodes.Count - 1;
    }

    /// <summary>Adds a constant that stands for no old node.</summary>
    public int Insert(Node like, string name, Tensor tensor) => Insert(like, new ConstantOp(name, tensor), []);

    /// <summary>Lets a node of the new graph stand for an old one.</summary>
    public void Alias(Node node, int newId) => _map[node.Id] = newId;

    /// <summary>The new graph.</summary>
    public OpGraph Finish() => new([.. _nodes], Follow(_old.Inputs), Follow(_old.Outputs), Follow(_old.Taps));

    /// <summary>The new graph with further inputs.</summary>
    public OpGraph Finish(IReadOnlyDictionary<string, int> inputs) => new(
        [.. _nodes],
        Follow(_old.Inputs).Concat(inputs).ToDictionary(pair => pair.Key, pair => pair.Value),
        Follow(_old.Outputs),
        Follow(_old.Taps));

    private Dictionary<string, int> Follow(IReadOnlyDictionary<string, int> names) =>
        names.Where(pair => _map[pair.Value] >= 0).ToDictionary(pair => pair.Key, pair => _map[pair.Value]);
}
