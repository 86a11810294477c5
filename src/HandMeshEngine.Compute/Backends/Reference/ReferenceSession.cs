using System.Diagnostics;

namespace HandMeshEngine.Compute.Backends.Reference;

/// <summary>Evaluates nodes one after the other into fresh tensors.</summary>
internal sealed class ReferenceSession : Session
{
    private readonly Tensor?[] _values;
    private readonly bool _isBFloat16;

    public ReferenceSession(OpGraph graph, SessionOptions options)
        : base(graph)
    {
        _isBFloat16 = options.Precision == Precision.BFloat16;
        _values = new Tensor?[graph.Nodes.Count];
        foreach (Node node in graph.Nodes)
        {
            _values[node.Id] = node.Op switch
            {
                ConstantOp constant => constant.Tensor,
                InputOp => new Tensor(node.Type.Type, node.Type.Shape),
                _ => null,
            };
        }

        if (options.Profile)
        {
            Profile = new Profile([.. graph.Nodes.Select(node => new ProfileStep(
                node.Stage,
                $"{node.Op.Kind} {node.Op.Describe()}".TrimEnd(),
                node.Op.MultiplyAdds(graph.InputTypes(node), node.Type),
                node.Inputs.Append(node.Id).Sum(id => (long)graph.Nodes[id].Type.Shape.Count * graph.Nodes[id].Type.Type.Size())))]);
        }
    }

    public override string PlanText => GraphPrinter.Print(Graph);

    public override long MemoryBytes => Graph.Nodes.Sum(node => (long)node.Type.Shape.Count * node.Type.Type.Size());

    public override Span<T> Input<T>(string name) => _values[InputNode<T>(name)]!.Span<T>();

    public override ReadOnlySpan<float> Output(string name) =>
        (_values[ResultNode(name)] ?? throw new InvalidOperationException("call Run before reading a result")).Span<float>();

    public override void Run(ImageView image = default)
    {
        foreach (Node node in Graph.Nodes)
        {
            if (node.Op.Traits.Memory == ResultMemory.Given)
            {
                continue;
            }

            long start = Stopwatch.GetTimestamp();
            var inputs = new Tensor[node.Inputs.Count];
            for (int i = 0; i < inputs.Length; i++)
            {
                inputs[i] = _values[node.Inputs[i]] ?? ReferenceEvaluator.NoTensor;
            }

            if (_isBFloat16 && BFloat16Products.Rounds(Graph, node))
            {
                inputs[0] = BFloat16.Round(inputs[0]);
                inputs[1] = BFloat16.Round(inputs[1]);
            }

            _values[node.Id] = ReferenceEvaluator.Evaluate(node.Op, inputs, node.Type, image);
            Profile?.Add(node.Id, Stopwatch.GetTimestamp() - start);
        }

        Profile?.CountRun();
    }

    public override void Dispose() => Array.Clear(_values);
}
