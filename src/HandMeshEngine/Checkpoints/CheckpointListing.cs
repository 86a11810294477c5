using HandMeshEngine.Checkpoints.Keys;
using HandMeshEngine.Checkpoints.Numpy;
using HandMeshEngine.Checkpoints.Pickle;
using HandMeshEngine.Checkpoints.PyTorch;
using HandMeshEngine.Checkpoints.Tflite;

namespace HandMeshEngine.Checkpoints;

/// <summary>
/// Everything in a file that <c>handmesh convert</c> can read, whatever its kind: safetensors, what torch.save wrote (.pth, .pt, .ckpt,
/// .tar), .tflite, .task and .npz bundles, .npy, .pkl. Nothing in it is executed.
/// </summary>
/// <param name="Kind">The kind in words.</param>
/// <param name="Metadata">Facts stored beside the tensors.</param>
/// <param name="Tensors">Names as in the file, in its order, with their values.</param>
/// <param name="Others">Entries that are no tensors, by name.</param>
public sealed record CheckpointListing(
    string Kind, IReadOnlyDictionary<string, string> Metadata, IReadOnlyList<KeyValuePair<string, Tensor>> Tensors, IReadOnlyList<string> Others)
{
    private const int LongestStart = 9;

    private static readonly Dictionary<string, string> _nothing = [];

    /// <summary>Reads a file.</summary>
    /// <exception cref="CheckpointException">The file cannot be opened, is damaged, or of a kind that is not read.</exception>
    public static CheckpointListing Read(string path)
    {
        byte[] start = new byte[LongestStart];
        using (FileStream stream = CheckpointFiles.Open(path))
        {
            stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        }

        string ending = Path.GetExtension(path).ToLowerInvariant();
        return start[0] == 0x93 && start.AsSpan(1).StartsWith("NUMPY"u8) ? new("NumPy array", _nothing, [new("array", NpyFile.Read(path))], [])
            : start.AsSpan(4).StartsWith("TFL3"u8) ? OfModel("TensorFlow Lite model", TfliteFile.Read(path), string.Empty)
            : start[8] == (byte)'{' ? OfTensors(SafetensorsFile.Read(path))
            : ending is ".pkl" or ".pickle" ? OfPickle(path)
            : start.AsSpan().StartsWith("PK"u8) && Bundle(path) is { } bundle ? bundle
            : OfTorch(path);
    }

    private static CheckpointListing OfTensors(TensorMap map) => new("safetensors", map.Metadata, [.. map], []);

    private static CheckpointListing OfTorch(string path)
    {
        using CheckpointSource source = CheckpointSource.Open(path);
        return new(
            "PyTorch checkpoint",
            _nothing,
            [.. source.Names.Where(source.IsTensor).Select(name => new KeyValuePair<string, Tensor>(name, source.Read(name)))],
            [.. source.Names.Where(name => !source.IsTensor(name))]);
    }

    private static CheckpointListing OfModel(string kind, TfliteModel model, string prefix) => new(
        kind, _nothing, [.. model.Tensors.Where(tensor => tensor.Constant is not null).Select(tensor => new KeyValuePair<string, Tensor>(prefix + tensor.Name, tensor.Constant!))], []);

    private static CheckpointListing OfPickle(string path)
    {
        object? root = PickleFile.Read(path);
        var tensors = new List<KeyValuePair<string, Tensor>>();
        var others = new List<string>();
        IEnumerable<(string Name, object? Value)> entries = root is PyDict dict
            ? dict.Items.Select(item => (PickleText.Of(item.Key) ?? PickleText.Describe(item.Key), item.Value)) : [("object", root)];
        foreach ((string name, object? value) in entries)
        {
            try
            {
                tensors.Add(new(name, PickledTables.Array(value, path, name)));
            }
            catch (CheckpointException)
            {
                others.Add($"{name} ({PickleText.Describe(value)})");
            }
        }

        return new("pickle", _nothing, tensors, others);
    }

    // MediaPipe's .task and NumPy's .npz are archives of files of other kinds; a PyTorch checkpoint is an archive, too.
    private static CheckpointListing? Bundle(string path)
    {
        using FileStream stream = CheckpointFiles.Open(path);
        ZipEntry[] entries = [.. ZipDirectory.Read(stream, path, CheckpointLimits.Default).Values.Where(entry => entry.Bytes > 0)];
        bool IsModel(ZipEntry entry) => entry.Name.EndsWith(".tflite", StringComparison.Ordinal);
        bool IsArray(ZipEntry entry) => entry.Name.EndsWith(".npy", StringComparison.Ordinal);
        if (!entries.Any(entry => IsModel(entry) || IsArray(entry)))
        {
            return null;
        }

        var tensors = new List<KeyValuePair<string, Tensor>>();
        var others = new List<string>();
        foreach (ZipEntry entry in entries)
        {
            if (!entry.IsPlain || entry.Bytes > Array.MaxLength || !(IsModel(entry) || IsArray(entry)))
            {
                others.Add(entry.IsPlain ? entry.Name : entry.Name + " (compressed)");
                continue;
            }

            byte[] bytes = new byte[entry.Bytes];
            stream.Position = entry.Offset;
            stream.ReadExactly(bytes);
            if (IsModel(entry))
            {
                tensors.AddRange(OfModel(string.Empty, TfliteFile.Read(bytes, $"{path}/{entry.Name}"), entry.Name + ":").Tensors);
            }
            else
            {
                tensors.Add(new(Path.ChangeExtension(entry.Name, null), NpyFile.Read(new MemoryStream(bytes), $"{path}/{entry.Name}")));
            }
        }

        return new(entries.Any(IsModel) ? "bundle of TensorFlow Lite models" : "NumPy archive", _nothing, tensors, others);
    }
}
