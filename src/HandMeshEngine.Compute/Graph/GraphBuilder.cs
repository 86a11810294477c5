namespace HandMeshEngine.Compute.Graph;

/// <summary>
/// Writes a model down as a graph. A model file calls it from the figure's left to its right; weights are named by their
/// checkpoint keys and looked up here, shapes are checked as each op is added.
/// </summary>
public sealed partial class GraphBuilder
{
    private readonly IReadOnlyDictionary<string, Tensor> _weights;
    private readonly List<Node> _nodes = [];
    private readonly Dictionary<string, int> _inputs = [];
    private readonly Dictionary<string, int> _outputs = [];
    private readonly Dictionary<string, int> _taps = [];
    private readonly Dictionary<(string Name, object Tensor), int> _constants = [];
    private readonly Dictionary<string, Tensor> _float32 = [];
    private readonly Dictionary<string, Tensor> _int32 = [];
    private string _stage = "main";
    private Rounding _rounding;

    /// <summary>A builder that finds weights and tables in <paramref name="weights"/> by checkpoint key.</summary>
    public GraphBuilder(IReadOnlyDictionary<string, Tensor> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        _weights = weights;
    }

    /// <summary>True if the checkpoint has a tensor of this name.</summary>
    public bool HasWeight(string key) => _weights.ContainsKey(key);

    /// <summary>The checkpoint's tensor of this name.</summary>
    /// <exception cref="GraphException">There is none.</exception>
    public Tensor Weight(string key) => _weights.TryGetValue(key, out Tensor? tensor)
        ? tensor
        : throw new GraphException($"the weights have no tensor '{key}', which this model needs");

    /// <summary>Nodes added until the result is disposed belong to this stage.</summary>
    public Scope Stage(string name)
    {
        var scope = new Scope(this, _stage, _rounding);
        _stage = name;
        return scope;
    }

    /// <summary>Nodes added until the result is disposed stay in float32 whatever the plan's precision.</summary>
    public Scope FullPrecision() => AtMost(Rounding.Nowhere);

    /// <summary>
    /// Plans in fp16 do not round the weights of convolutions, linear layers and spiral convolutions added until the result is disposed.
    /// Within <see cref="FullPrecision"/> it changes nothing.
    /// </summary>
    public Scope ExactWeights() => AtMost(Rounding.Activations);

    /// <summary>
    /// Of nodes added until the result is disposed, plans in fp16 round the operands, but not the results for readers that can use
    /// more. Within <see cref="FullPrecision"/> it changes nothing.
    /// </summary>
    public Scope WideResults() => AtMost(Rounding.Operands);

    /// <summary>A tensor that the caller writes before each run.</summary>
    public Value Input(string name, DType type, params ReadOnlySpan<int> extents)
    {
        Value value = Add(new InputOp(name, new TensorType(type, new Shape(extents))));
        _inputs.Add(name, value.Id);
        return value;
    }

    /// <summary>A float32 tensor that the caller writes before each run.</summary>
    public Value Input(string name, params ReadOnlySpan<int> extents) => Input(name, DType.Float32, extents);

    /// <summary>The 8-bit image of a run; a graph has at most one.</summary>
    public Value Image(string name)
    {
        Value value = Add(new ImageInputOp(name));
        _inputs.Add(name, value.Id);
        return value;
    }

    /// <summary>A constant made by the model, not by the checkpoint.</summary>
    public Value Constant(string name, Tensor tensor)
    {
        if (_constants.TryGetValue((name, tensor), out int known))
        {
            return new Value(known);
        }

        Value value = Add(new ConstantOp(name, tensor));
        _constants.Add((name, tensor), value.Id);
        return value;
    }

    /// <summary>A float32 constant made by the model.</summary>
    public Value Constant(string name, Shape shape, params ReadOnlySpan<float> values) =>
        Constant(name, Tensor.From(shape, values));

    /// <summary>A floating-point tensor of the checkpoint as float32.</summary>
    public Value Parameter(string key) => Constant(key, _float32.TryGetValue(key, out Tensor? known)
        ? known
        : _float32[key] = Weight(key).ToFloat32());

    /// <summary>An integer table of the checkpoint as int32.</summary>
    public Value Table(string key) => Constant(key, _int32.TryGetValue(key, out Tensor? known)
        ? known
        : _int32[key] = Weight(key).ToInt32());

    /// <summary>Names a result.</summary>
    public void Output(string name, Value value) => _outputs.Add(name, value.Id);

    /// <summary>
    /// Names a value inside the model so that it can be observed. A named value survives every fusion, so that observing it
    /// never changes a result: name values after their activation.
    /// </summary>
    public Value Tap(string name, Value value)
    {
        _taps.Add(name, value.Id);
        return value;
    }

    /// <summary>Adds an op; the other methods are shorthands for this.</summary>
    /// <exception cref="GraphException">The operands do not fit.</exception>
    public Value Add(Op op, params ReadOnlySpan<Value> inputs)
    {
        int[] ids = new int[inputs.Length];
        var operands = new Node[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            ids[i] = inputs[i].Id;
            operands[i] = _nodes[inputs[i].Id];
        }

        TensorType type;
        try
        {
            type = op.Infer(Array.ConvertAll(operands, operand => operand.Type));
            IndexTables.Check(op, operands);
        }
        catch (GraphException exception)
        {
            string names = string.Join(", ", ids.Select(id => _nodes[id].Op).OfType<ConstantOp>().Select(c => c.Name));
            throw new GraphException($"stage {_stage}: {exception.Message}" + (names.Length > 0 ? $" (weights: {names})" : string.Empty));
        }

        _nodes.Add(new Node(_nodes.Count, op, ids, type, _stage, _rounding));
        return new Value(_nodes.Count - 1);
    }

    private Scope AtMost(Rounding rounding)
    {
        var scope = new Scope(this, _stage, _rounding);
        _rounding = _rounding == Rounding.Nowhere ? Rounding.Nowhere : rounding;
        return scope;
    }

    /// <summary>The extents of a value.</summary>
    public Shape ShapeOf(Value value) => _nodes[value.Id].Type.Shape;

    /// <summary>The finished graph.</summary>
    /// <exception cref="GraphException">No output was named.</exception>
    public OpGraph Build()
    {
        if (_outputs.Count == 0)
        {
            throw new GraphException("a graph needs at least one output");
        }

        return new OpGraph(
            [.. _nodes],
            new Dictionary<string, int>(_inputs),
            new Dictionary<string, int>(_outputs),
            new Dictionary<string, int>(_taps));
    }

    /// <summary>Restores the builder's stage and precision when disposed.</summary>
    public readonly struct Scope : IDisposable
    {
        private readonly GraphBuilder _builder;
        private readonly string _stage;
        private readonly Rounding _rounding;

        internal Scope(GraphBuilder builder, string stage, Rounding rounding)
        {
            _builder = builder;
            _stage = stage;
            _rounding = rounding;
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _builder._stage = _stage;
            _builder._rounding = _rounding;
        }
    }
}
