namespace HandMeshEngine.Compute.Backends.Cuda;

/// <summary>A plan that was made without a device: it has a text and sizes, and refuses to run.</summary>
internal sealed class PlannedSession(OpGraph graph, CudaPlan plan) : Session(graph)
{
    private readonly Dictionary<string, byte[]> _inputs = [];

    public override string PlanText { get; } = plan.ToString();

    public override long MemoryBytes => plan.ArenaBytes + plan.ConstantBytes + plan.InputBytes + plan.OutputBytes;

    public override Span<T> Input<T>(string name)
    {
        TensorType type = Graph.Inputs.TryGetValue(name, out int id) && plan.Inputs.ContainsKey(id)
            ? Graph.Nodes[id].Type
            : throw new ArgumentException($"'{name}' is no tensor input of this plan", nameof(name));
        if (!_inputs.TryGetValue(name, out byte[]? bytes))
        {
            _inputs.Add(name, bytes = new byte[Math.Max(1, type.Shape.Count) * type.Type.Size()]);
        }

        return MemoryMarshal.Cast<byte, T>(bytes.AsSpan());
    }

    public override ReadOnlySpan<float> Output(string name) => throw NoDevice();

    public override void Run(ImageView image = default) => throw NoDevice();

    public override void Dispose()
    {
    }

    private static NotSupportedException NoDevice() => new("this plan was made without a device and cannot run; open cuda instead");
}
