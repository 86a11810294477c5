using HandMeshEngine.Systems;

namespace HandMeshEngine.Verification;

/// <summary>
/// Runs the checks of one case on one backend and collects the comparisons. What a trimmed case lacks is not checked.
/// </summary>
internal sealed class Checks
{
    /// <summary>Steps of fp16 that one of bf16 spans: 11 bits against 8.</summary>
    public const double BFloat16Steps = 8;

    private readonly long _multiplyAddLimit;
    private readonly List<TensorComparison> _comparisons = [];
    private readonly MeshErrors _meshErrors;

    /// <summary>Checks that compute with <paramref name="weights"/>.</summary>
    /// <param name="reference">The case.</param>
    /// <param name="weights">Weights and tables.</param>
    /// <param name="backend">What computes.</param>
    /// <param name="precision">Number format of the plans, and which tolerances count.</param>
    /// <param name="multiplyAddLimit">Graphs with more multiply-adds than this are left out (slow backends).</param>
    public Checks(ReferenceCase reference, TensorMap weights, Backend backend, Precision precision, long multiplyAddLimit)
    {
        Case = reference;
        Weights = weights;
        Backend = backend;
        Precision = precision;
        _multiplyAddLimit = multiplyAddLimit;
        _meshErrors = new MeshErrors(reference, weights);
    }

    public ReferenceCase Case { get; }

    /// <summary>Weights and tables.</summary>
    public TensorMap Weights { get; }

    /// <summary>What computes.</summary>
    public Backend Backend { get; }

    /// <summary>True if no graph is left out for its size.</summary>
    public bool RunsEverything => _multiplyAddLimit == long.MaxValue;

    /// <summary>The errors of the mesh that was compared last; null if the case has none.</summary>
    public MeshError? MeshError => _meshErrors.Last;

    /// <summary>Number format of the plans.</summary>
    public Precision Precision { get; }

    /// <summary>The tolerance of this precision: in bf16 as often that of fp16 as its numbers are coarser.</summary>
    public Tolerance Tolerance(Tolerance float32, Tolerance float16) => Precision switch
    {
        Precision.Float32 => float32,
        Precision.BFloat16 => float16.Times(BFloat16Steps),
        _ => float16,
    };

    /// <summary>What was compared so far.</summary>
    public IReadOnlyList<TensorComparison> Comparisons => _comparisons;

    /// <summary>
    /// A part of the network from stored tensors: the part is built with one graph input for each, its taps (and the value that
    /// it returns, under the name <c>result</c>) are compared.
    /// </summary>
    public void Stage(string stage, string[] inputs, Func<GraphBuilder, Value[], Value> build, params Expected[] expected)
    {
        if (!inputs.All(Case.Tensors.Contains))
        {
            return;
        }

        Graph(
            stage,
            "stage",
            g =>
            {
                Value[] values = [.. inputs.Select(name => g.Input(name, Case.Tensors[name].Shape.Extents))];
                g.Output("result", build(g, values));
            },
            session =>
            {
                foreach (string name in inputs)
                {
                    Case.Tensors[name].ToFloat32().Span<float>().CopyTo(session.Input<float>(name));
                }
            },
            image: null,
            expected);
    }

    /// <summary>A whole system, from the image (stored or drawn; nothing happens where there is none) to a hand.</summary>
    /// <param name="model">The system.</param>
    /// <param name="view">What it looks at.</param>
    /// <param name="image">Name of the image in the case.</param>
    /// <param name="expected">What to compare.</param>
    /// <param name="finish">Compares the hand.</param>
    public void Chain(HandModel model, HandView view, string image, IReadOnlyList<Expected> expected, Action<HandMesh>? finish = null)
    {
        if (Case.Image(image) is not { } pixels)
        {
            return;
        }

        Graph(
            "chain",
            "chain",
            g => model.Build(g, batch: 1),
            session => model.Prepare(view, session, 0),
            pixels,
            expected,
            finish is null ? null : session =>
            {
                var hand = new HandMesh(model.Surface);
                model.Finish(view, session, 0, hand);
                finish(hand);
            });
    }

    /// <summary>A graph with any inputs.</summary>
    /// <param name="stage">For the report.</param>
    /// <param name="route">For the report.</param>
    /// <param name="build">Writes the graph, outputs included.</param>
    /// <param name="prepare">Writes the inputs.</param>
    /// <param name="image">Pixels [H, W, 3], RGB.</param>
    /// <param name="expected">What to compare.</param>
    /// <param name="finish">Reads further results.</param>
    public void Graph(
        string stage,
        string route,
        Action<GraphBuilder> build,
        Action<Session> prepare,
        Tensor? image,
        IReadOnlyList<Expected> expected,
        Action<Session>? finish = null)
    {
        Expected[] stored = [.. expected.Where(e => Case.Tensors.Contains(e.Tensor))];
        if (stored.Length == 0 && finish is null)
        {
            return;
        }

        var g = new GraphBuilder(Weights);
        build(g);
        OpGraph graph = g.Build();
        if (graph.Nodes.Sum(node => node.Op.MultiplyAdds(graph.InputTypes(node), node.Type)) > _multiplyAddLimit)
        {
            return;
        }

        string[] taps = [.. stored.Select(e => e.Value).Where(name => !graph.Outputs.ContainsKey(name)).Distinct()];
        using Session session = Backend.Open(graph, new SessionOptions { Precision = Precision, Observe = taps });
        prepare(session);
        session.Run(image is null ? default : new ImageView(
            image.Bytes, image.Shape[1], image.Shape[0], 3 * image.Shape[1], PixelFormat.Rgb));
        foreach (Expected e in stored)
        {
            int node = graph.Outputs.TryGetValue(e.Value, out int id) ? id : graph.Taps[e.Value];
            string inStage = route == "chain" ? graph.Nodes[node].Stage : stage;
            Compare(inStage, route, e, session.Output(e.Value).ToArray(), graph.Nodes[node].Type.Shape);
        }

        finish?.Invoke(session);
    }

    /// <summary>Values that were computed outside a graph from what is stored.</summary>
    public void Host(string stage, string tensor, Func<int, double> actual, Tolerance tolerance, Func<int, double>? limits = null) =>
        Add(stage, tensor, "host", actual, tolerance, limits);

    /// <summary>Values that were computed outside a graph at the end of the whole chain.</summary>
    public void Result(string stage, string tensor, Func<int, double> actual, Tolerance tolerance, Func<int, double>? limits = null) =>
        Add(stage, tensor, "chain", actual, tolerance, limits);

    private void Add(
        string stage, string tensor, string route, Func<int, double> actual, Tolerance tolerance, Func<int, double>? limits)
    {
        if (Case.Tensors.TryGet(tensor, out Tensor? expected) && expected.Shape.Count > 0)
        {
            _comparisons.Add(Comparing.Compare(stage, tensor, route, actual, expected, tolerance, limits));
            _meshErrors.Add(tensor, expected, actual);
        }
    }

    private void Compare(string stage, string route, Expected e, float[] actual, Shape shape)
    {
        Tensor expected = e.Reorder(Case.Tensors[e.Tensor]);
        Func<int, double> value = i => actual[i];
        int stored = actual.Length;
        if (e.ChannelStep > 1 || e.PixelStep > 1)
        {
            int height = Strided(shape[2], e.PixelStep), width = Strided(shape[3], e.PixelStep);
            stored = Strided(shape[1], e.ChannelStep) * height * width;
            value = i =>
            {
                (int channel, int y, int x) = (i / (height * width) * e.ChannelStep, i / width % height * e.PixelStep, i % width * e.PixelStep);
                return actual[(((channel * shape[2]) + y) * shape[3]) + x];
            };
        }

        if (expected.Shape.Count != stored)
        {
            throw new CheckpointException(Case.Tensors.Source, $"it is {expected.Shape}, but the engine computes {shape}", e.Tensor);
        }

        _comparisons.Add(Comparing.Compare(
            stage, e.Tensor, route, value, expected, Tolerance(e.Float32, e.Float16), e.Limits));
        _meshErrors.Add(e.Tensor, expected, value);
    }

    private static int Strided(int extent, int step) => (extent + step - 1) / step;
}
