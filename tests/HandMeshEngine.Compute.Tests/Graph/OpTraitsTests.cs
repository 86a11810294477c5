namespace HandMeshEngine.Compute.Tests.Graph;

/// <summary>What ops say of themselves to planners is what the reference does.</summary>
public sealed class OpTraitsTests
{
    private static readonly Lazy<List<(Node Node, Tensor[] Inputs, Tensor Result)>> _evaluations = new(Evaluate);

    [Fact]
    public void An_op_that_says_it_only_moves_numbers_makes_none()
    {
        foreach ((Node node, Tensor[] inputs, Tensor result) in _evaluations.Value.Where(item => item.Node.Op.Traits.MovesOnly))
        {
            HashSet<float> known = [0, .. inputs.Where(input => input.Type == DType.Float32).SelectMany(input => input.Span<float>().ToArray())];
            Assert.True(result.Span<float>().ToArray().All(known.Contains), $"{node.Op.Kind} {node.Op.Describe()} makes numbers of its own");
        }
    }

    [Fact]
    public void An_op_that_does_not_say_so_makes_some()
    {
        // The largest of a window is also one of its numbers, but which one differs from pixel to pixel.
        Type[] choosing = [typeof(MaxPoolOp)];
        var making = new HashSet<Type>();
        foreach ((Node node, Tensor[] inputs, Tensor result) in _evaluations.Value.Where(item => !item.Node.Op.Traits.MovesOnly))
        {
            HashSet<float> known = [0, .. inputs.Where(input => input.Type == DType.Float32).SelectMany(input => input.Span<float>().ToArray())];
            if (!result.Span<float>().ToArray().All(known.Contains))
            {
                making.Add(node.Op.GetType());
            }
        }

        IEnumerable<Type> computed = OpCatalog.All
            .Where(entry => !entry.Absences.ContainsKey("Reference") && OpCases.Of(entry.Type).Count > 0)
            .Select(entry => entry.Type)
            .Where(type => _evaluations.Value.Any(item => item.Node.Op.GetType() == type && !item.Node.Op.Traits.MovesOnly));
        Assert.Equal([], computed.Except(making).Except(choosing).Select(type => type.Name));
    }

    [Fact]
    public void A_view_only_moves_numbers() => Assert.All(
        OpCases.All.SelectMany(item => item.Make().Graph.Build().Nodes).Where(node => node.Op.Traits.Memory == ResultMemory.View),
        node => Assert.True(node.Op.Traits.MovesOnly, node.Op.Kind));

    [Fact]
    public void An_operand_of_integers_that_an_op_does_not_list_as_a_table_is_refused()
    {
        var g = new GraphBuilder(new Dictionary<string, Tensor>());
        Value x = g.Input("x", 1, 4, 2), rows = g.Constant("rows", Tensor.From(new Shape(2), 0, 99));

        string message = Assert.Throws<GraphException>(() => g.Add(new TableReaderOp(), x, rows)).Message;

        Assert.Contains("tablereader: operand 1 holds integers, and the op lists no index table there", message);
    }

    // Every op of every case without an image, evaluated once.
    private static List<(Node Node, Tensor[] Inputs, Tensor Result)> Evaluate()
    {
        var all = new List<(Node, Tensor[], Tensor)>();
        var seen = new HashSet<Op>();
        foreach (OpScene scene in OpCases.All.Select(item => item.Make()).Where(scene => scene.Image is null))
        {
            OpGraph graph = scene.Graph.Build();
            var values = new Tensor[graph.Nodes.Count];
            foreach (Node node in graph.Nodes)
            {
                values[node.Id] = node.Op switch
                {
                    ConstantOp constant => constant.Tensor,
                    InputOp input => scene.Inputs[input.Name],
                    _ => ReferenceEvaluator.Evaluate(node.Op, [.. node.Inputs.Select(id => values[id])], node.Type),
                };
                if (node.Op.Traits.Memory != ResultMemory.Given && node.Type.Type == DType.Float32 && seen.Add(node.Op))
                {
                    all.Add((node, [.. node.Inputs.Select(id => values[id])], values[node.Id]));
                }
            }
        }

        return all;
    }

    /// <summary>An op whose author forgot that its table comes from a file.</summary>
    private sealed record TableReaderOp() : Op("tablereader")
    {
        internal override OpTraits Traits => new(
            ResultMemory.Packed, OperandPrecision.Plan, SplitHalves.None, MovesOnly: false, AlwaysFloat32: false, FusesSumAndAffine: false, IsBFloat16Product: false);

        public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[0];
    }
}
