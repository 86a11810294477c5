using HandMeshEngine.Compute;

namespace HandMeshEngine.Cases.Ops;

/// <summary>Graph and inputs of an <see cref="OpCase"/> while it is written, and after.</summary>
public sealed class OpScene
{
    private readonly Random _random;
    private int _constants;

    internal OpScene(int seed) => _random = new Random(seed);

    /// <summary>The graph under construction.</summary>
    public GraphBuilder Graph { get; } = new(new Dictionary<string, Tensor>());

    /// <summary>What the caller writes before a run.</summary>
    public Dictionary<string, Tensor> Inputs { get; } = [];

    /// <summary>Pixels of the image input, [height, width, 3] RGB; null: none.</summary>
    public Tensor? Image { get; private set; }

    /// <summary>An input of normally distributed numbers.</summary>
    public Value Input(string name, params ReadOnlySpan<int> extents)
    {
        var shape = new Shape(extents);
        Inputs.Add(name, Numbers(shape, 1));
        return Graph.Input(name, extents);
    }

    /// <summary>An input with these values.</summary>
    public Value Input(string name, Tensor values)
    {
        Inputs.Add(name, values);
        return Graph.Input(name, values.Type, values.Shape.Extents);
    }

    /// <summary>An image of smooth colours with noise.</summary>
    public Value ImageInput(string name, int width, int height)
    {
        var image = new Tensor(DType.UInt8, new Shape(height, width, 3));
        for (int i = 0; i < image.Bytes.Length; i++)
        {
            image.Bytes[i] = (byte)(127 + (90 * Math.Sin(i * 0.013)) + _random.Next(-30, 30));
        }

        Image = image;
        return Graph.Image(name);
    }

    /// <summary>A constant of normally distributed numbers times <paramref name="size"/>.</summary>
    public Value Weight(float size, params ReadOnlySpan<int> extents) =>
        Graph.Constant($"constant{_constants++}", Numbers(new Shape(extents), size));

    /// <summary>A constant of positive numbers around 1.</summary>
    public Value Positive(params ReadOnlySpan<int> extents)
    {
        Tensor tensor = Numbers(new Shape(extents), 0.2f);
        foreach (ref float value in tensor.Span<float>())
        {
            value = 0.5f + Math.Abs(value);
        }

        return Graph.Constant($"constant{_constants++}", tensor);
    }

    /// <summary>A constant table of indices below <paramref name="limit"/>.</summary>
    public Value Table(int limit, params ReadOnlySpan<int> extents) =>
        Graph.Constant($"table{_constants++}", Indices(limit, new Shape(extents)));

    /// <summary>Indices below <paramref name="limit"/>.</summary>
    public Tensor Indices(int limit, Shape shape)
    {
        var tensor = new Tensor(DType.Int32, shape);
        foreach (ref int value in tensor.Span<int>())
        {
            value = _random.Next(limit);
        }

        return tensor;
    }

    /// <summary>Normally distributed numbers times <paramref name="size"/>.</summary>
    public Tensor Numbers(Shape shape, float size)
    {
        var tensor = new Tensor(DType.Float32, shape);
        foreach (ref float value in tensor.Span<float>())
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble()));
            value = (float)(size * radius * Math.Cos(2 * Math.PI * _random.NextDouble()));
        }

        return tensor;
    }

    /// <summary>A whole number from <paramref name="low"/> up to below <paramref name="high"/>.</summary>
    public int Next(int low, int high) => _random.Next(low, high);

    /// <summary>Names the result.</summary>
    public void Output(Value value, string name = "y") => Graph.Output(name, value);

    /// <summary>Opens a session, writes the inputs and leaves it ready to run.</summary>
    public Session Open(Backend backend, SessionOptions? options = null)
    {
        Session session = backend.Open(Graph.Build(), options ?? SessionOptions.Default);
        Write(session);
        return session;
    }

    /// <summary>Writes the inputs.</summary>
    public void Write(Session session)
    {
        foreach ((string name, Tensor tensor) in Inputs)
        {
            switch (tensor.Type)
            {
                case DType.Int32: tensor.Span<int>().CopyTo(session.Input<int>(name)); break;
                case DType.Float64: tensor.Span<double>().CopyTo(session.Input<double>(name)); break;
                default: tensor.Span<float>().CopyTo(session.Input<float>(name)); break;
            }
        }
    }

    /// <summary>Runs a session that this scene opened.</summary>
    public void Run(Session session)
    {
        if (Image is { } image)
        {
            session.Run(new ImageView(image.Bytes, image.Shape[1], image.Shape[0], image.Shape[1] * 3, PixelFormat.Rgb));
        }
        else
        {
            session.Run();
        }
    }
}
