using HandMeshEngine.Cameras;
using HandMeshEngine.Checkpoints;
using HandMeshEngine.Compute;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Tensors;
using HandMeshEngine.Models.Blocks;

namespace HandMeshEngine.Cases.Parity;

/// <summary>
/// A stored case of inceptiongraph or pixelaligned with its stand-in weights: what the two systems' parity checks share. The
/// file's metadata name seed and backbone, its tables decide every size.
/// </summary>
internal sealed class TrainerCase
{
    private readonly Backend _backend;
    private readonly SessionOptions _options;

    private TrainerCase(Backend backend, string file, string system, string[] tablePrefixes, TensorMap defaults, Precision precision)
    {
        _backend = backend;
        _options = new SessionOptions { Precision = precision, Observe = ["*"] };
        Stored = SafetensorsFile.Read(file);
        Report = new StageReport($"{system}/{Path.GetFileNameWithoutExtension(file)}");
        var tables = new TensorMap(file);
        foreach ((string name, Tensor tensor) in Stored.Where(pair => tablePrefixes.Any(prefix => pair.Key.StartsWith(prefix, StringComparison.Ordinal))))
        {
            tables.Add(name, tensor);
        }

        foreach ((string name, Tensor tensor) in defaults)
        {
            tables.Add(name, tensor);
        }

        string seed = Stored.Metadata.GetValueOrDefault("seed", Path.GetFileNameWithoutExtension(file));
        Weights = StandInWeights.Create(system, "r" + Stored.Metadata["backbone"], seed, tables);
    }

    /// <summary>The file's tensors.</summary>
    public TensorMap Stored { get; }

    /// <summary>Drawn weights and stored tables.</summary>
    public TensorMap Weights { get; }

    /// <summary>The comparisons.</summary>
    public StageReport Report { get; }

    /// <summary>The box around the hand.</summary>
    public HandBox Box => new(Stored["box"][0], Stored["box"][1], Stored["box"][2], Stored["box"][3]);

    /// <summary>The camera of the image.</summary>
    public Intrinsics Camera => Intrinsics("camera");

    /// <summary>The camera of the crop, as stored.</summary>
    public Intrinsics CropCamera => Intrinsics("crop_camera");

    /// <summary>Reads a case; tables are the tensors with one of the prefixes, and the defaults that no case stores.</summary>
    public static TrainerCase Open(Backend backend, string file, string system, string tablePrefix, TensorMap defaults, Precision precision) =>
        new(backend, file, system, [tablePrefix], defaults, precision);

    /// <summary>Runs the whole network from the stored image and checks crop camera and network input.</summary>
    public Session RunFromImage(Action<GraphBuilder> build)
    {
        Affine2 crop = CmrCrop.ImageToCrop(Box);
        Intrinsics actual = Camera.Cropped(crop);
        Intrinsics stored = CropCamera;
        Report.Numbers("crop_camera", [stored.Fx, stored.Fy, stored.Cx, stored.Cy], [actual.Fx, actual.Fy, actual.Cx, actual.Cy], 1e-9);
        Session session = Open(build);
        crop.Inverted.ToMatrix().CopyTo(session.Input<double>("crop"));
        Tensor image = Stored["image"];
        session.Run(new ImageView(image.Bytes, image.Shape[1], image.Shape[0], 3 * image.Shape[1], PixelFormat.Rgb));
        Report.Absolute("input", Stored["input"], session.Output("input"), _options.Precision == Precision.Float32 ? 2e-5 : 2e-3);
        return session;
    }

    /// <summary>Runs a part of the network from stored tensors, each an input of its own name.</summary>
    public Session RunFrom(Action<GraphBuilder> build, params ReadOnlySpan<string> inputs)
    {
        Session session = Open(build);
        foreach (string input in inputs)
        {
            Stored[input].Span<float>().CopyTo(session.Input<float>(input));
        }

        session.Run();
        return session;
    }

    /// <summary>An input of the part with the shape of the stored tensor of that name.</summary>
    public Value Input(GraphBuilder g, string name) => g.Input(name, Stored[name].Shape.Extents);

    private Session Open(Action<GraphBuilder> build)
    {
        var g = new GraphBuilder(Weights);
        build(g);
        return _backend.Open(g.Build(), _options);
    }

    private Intrinsics Intrinsics(string name) => new(Stored[name][0], Stored[name][1], Stored[name][2], Stored[name][3]);
}
