namespace HandMeshEngine.Systems.InceptionGraph;

/// <summary>
/// The Inception Graph Network (docs/systems/inceptiongraph.md 3.6): latent T^a to the relative mesh over three resolutions of a balanced
/// binary tree. Fixed tables <c>graph.*</c>: scaled Laplacians in padded rows, and the tree position of every vertex.
/// </summary>
internal static class InceptionGraphDecoder
{
    private const string Prefix = "mesh_decoder";

    // The head's terms; a block's come from its weights.
    private const int HeadTerms = 3;

    // Tree levels from coarse to fine. Two levels apart, so a node has four children.
    private static readonly int[] _levels = [4, 2, 0];

    /// <summary>latent [N, 512 or 2048] -> mesh [N, 778, 3] in units of 0.2 m relative to the wrist.</summary>
    public static Value Mesh(GraphBuilder g, Value latent)
    {
        using GraphBuilder.Scope stage = g.Stage("mesh_decoder");
        Value x = g.Linear(latent, $"{Prefix}.fc.weight", $"{Prefix}.fc.bias");
        int coarsest = g.Weight($"graph.level{_levels[0]}_index").Shape[0];
        Shape rows = g.ShapeOf(x);
        if (rows[1] % coarsest != 0)
        {
            throw new GraphException($"{Prefix}.fc gives {rows[1]} values, which do not spread evenly over the {coarsest} nodes of graph.level{_levels[0]}_index");
        }

        x = g.Reshape(x, rows[0], coarsest, rows[1] / coarsest);
        for (int i = 0; i < _levels.Length; i++)
        {
            if (i > 0)
            {
                x = CopyToChildren(g, x, g.Weight($"graph.level{_levels[i]}_index").Shape[0]);
            }

            x = g.Tap($"graph{_levels[i]}", Block(g, x, $"{Prefix}.block{i + 1}", _levels[i]));
        }

        using GraphBuilder.Scope coordinates = g.FullPrecision();
        Value y = g.Linear(Terms(g, x, _levels[^1], HeadTerms), $"{Prefix}.head.weight", $"{Prefix}.head.bias");
        return g.Gather(y, g.Table("graph.position"));
    }

    /// <summary>IGB: two stages, squeeze and excitation, shortcut.</summary>
    private static Value Block(GraphBuilder g, Value x, string block, int level)
    {
        Value a = Stage(g, g.Relu(Stage(g, x, $"{block}.stage1", level)), $"{block}.stage2", level);
        Value gate = g.Relu(g.Linear(g.MeanOfRows(a), $"{block}.squeeze.weight", $"{block}.squeeze.bias"));
        gate = g.Sigmoid(g.Linear(gate, $"{block}.excite.weight", $"{block}.excite.bias"));
        Shape shape = g.ShapeOf(gate);
        Value shortcut = g.HasWeight($"{block}.shortcut.weight")
            ? g.Linear(x, $"{block}.shortcut.weight", $"{block}.shortcut.bias")
            : x;
        return g.Relu(g.Sum(g.Multiply(a, g.Reshape(gate, shape[0], 1, shape[1])), shortcut));
    }

    /// <summary>Chebyshev convolutions of 1, 2 and 3 hops on one basis, side by side, then batch norm.</summary>
    private static Value Stage(GraphBuilder g, Value x, string stage, int level)
    {
        int channels = g.ShapeOf(x)[2];
        int columns = g.Weight($"{stage}.hop3.weight").Shape[1];
        Value basis = Terms(g, x, level, columns / channels);

        string[] hops = [$"{stage}.hop1", $"{stage}.hop2", $"{stage}.hop3"];
        Value weight = g.Constant($"{stage}.hops.weight", Stacked(g, hops, ".weight", columns));
        Tensor bias = Stacked(g, hops, ".bias", 1);
        Value y = g.Linear(basis, weight, g.Constant($"{stage}.hops.bias", bias.Reshape(new Shape(bias.Shape[0]))));
        return g.BatchNorm(y, $"{stage}.norm");
    }

    // The rows of all hops as one matrix: a hop that reads fewer terms has zeros in the columns of the others.
    private static Tensor Stacked(GraphBuilder g, string[] hops, string suffix, int columns)
    {
        var rows = new List<float>();
        foreach (string hop in hops)
        {
            Tensor part = g.Weight(hop + suffix).ToFloat32();
            int width = part.Shape.Rank == 2 ? part.Shape[1] : 1;
            for (int row = 0; row < part.Shape[0]; row++)
            {
                rows.AddRange(part.Span<float>().Slice(row * width, width));
                rows.AddRange(new float[columns - width]);
            }
        }

        return Tensor.From<float>(new Shape(rows.Count / columns, columns), [.. rows]);
    }

    private static Value Terms(GraphBuilder g, Value x, int level, int terms) =>
        g.ChebTerms(x, g.Table($"graph.level{level}_index"), g.Parameter($"graph.level{level}_value"), terms);

    private static Value CopyToChildren(GraphBuilder g, Value x, int nodes)
    {
        int parents = g.ShapeOf(x)[1];
        if (nodes != 4 * parents)
        {
            throw new GraphException($"a graph level of {nodes} nodes cannot follow one of {parents}: every node has 4 children");
        }

        int[] parentOf = [.. Enumerable.Range(0, nodes).Select(node => node / 4)];
        return g.Gather(x, g.Constant($"parents{nodes}", Tensor.From(new Shape(nodes), parentOf)));
    }
}
