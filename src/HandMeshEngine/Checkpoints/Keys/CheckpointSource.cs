using HandMeshEngine.Checkpoints.Numpy;
using HandMeshEngine.Checkpoints.Pickle;
using HandMeshEngine.Checkpoints.PyTorch;

namespace HandMeshEngine.Checkpoints.Keys;

/// <summary>
/// The entries of a checkpoint of any container under the names in the file: nested dictionaries are joined with dots,
/// wrappers such as <c>state_dict</c> are taken off. Tensors are read only when asked for.
/// </summary>
internal sealed class CheckpointSource : IDisposable
{
    private static readonly string[] _wrappers = ["state_dict", "model_state_dict", "model", "network"];

    private readonly TorchCheckpoint? _torch;
    private readonly CheckpointLimits _limits;
    private readonly Dictionary<string, object?> _entries = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private int _visited;

    private CheckpointSource(string file, TorchCheckpoint? torch, CheckpointLimits? limits = null)
    {
        File = file;
        _torch = torch;
        _limits = limits ?? CheckpointLimits.Default;
    }

    /// <summary>File name for messages.</summary>
    public string File { get; }

    /// <summary>The names in the file's order.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Free-text facts stored beside the tensors; empty unless the file is a safetensors file.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; private init; } = new Dictionary<string, string>();

    /// <summary>Opens a file: safetensors, or what <c>torch.save</c> wrote.</summary>
    /// <exception cref="CheckpointException">The file cannot be opened, is damaged, or does not hold a state dict.</exception>
    public static CheckpointSource Open(string path, CheckpointLimits? limits = null) => Open(CheckpointFiles.Open(path), path, limits);

    /// <summary>Opens a seekable stream, which the source takes over.</summary>
    /// <exception cref="CheckpointException">The file is damaged, or does not hold a state dict.</exception>
    public static CheckpointSource Open(Stream stream, string file, CheckpointLimits? limits = null)
    {
        byte[] head = new byte[9];
        int read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        if (read == head.Length && head[8] == (byte)'{')
        {
            using (stream)
            {
                return FromTensors(SafetensorsFile.Read(stream, file, limits));
            }
        }

        TorchCheckpoint torch = TorchFile.Open(stream, file, limits);
        try
        {
            var source = new CheckpointSource(file, torch, limits);
            source.AddAll(source.StateDict(torch), prefix: "", depth: 0);
            return source;
        }
        catch
        {
            torch.Dispose();
            throw;
        }
    }

    /// <summary>A source over tensors in memory.</summary>
    public static CheckpointSource FromTensors(TensorMap map)
    {
        var source = new CheckpointSource(map.Source, torch: null) { Metadata = map.Metadata };
        foreach ((string name, Tensor tensor) in map)
        {
            source.Add(name, tensor);
        }

        return source;
    }

    /// <summary>Reads a tensor.</summary>
    /// <exception cref="CheckpointException">The entry is not a tensor, or its data is damaged.</exception>
    public Tensor Read(string name) => _entries[name] switch
    {
        Tensor tensor => tensor,
        TorchTensor tensor => _torch!.Read(tensor, name),
        NumpyArray { Value: { } array } => array,
        TorchUnsupported unsupported => throw new CheckpointException(File, $"this is {unsupported.Reason}, which is not supported", name),
        var other => throw new CheckpointException(File, $"this is {PickleText.Describe(other)} where a tensor is expected", name),
    };

    /// <summary>Whether an entry is a tensor of any kind.</summary>
    public bool IsTensor(string name) => _entries[name] is Tensor or TorchTensor or TorchUnsupported or NumpyArray;

    /// <inheritdoc/>
    public void Dispose() => _torch?.Dispose();

    private PyDict StateDict(TorchCheckpoint torch)
    {
        object? root = torch.Root;
        for (int depth = 0; depth < _limits.Nesting && root is PyDict dict; depth++)
        {
            object? inner = null;
            if (!_wrappers.Any(wrapper => dict.TryGet(wrapper, out inner) && inner is PyDict))
            {
                return dict;
            }

            root = inner;
        }

        throw new CheckpointException(
            torch.File,
            root is PyObject { Type: var type }
                ? $"the file holds a whole object of {type}; load it in PyTorch and save its state dict: torch.save(model.state_dict(), path)"
                : $"the file holds {PickleText.Describe(root)} where a state dict is expected",
            "root object");
    }

    private void AddAll(PyDict dict, string prefix, int depth)
    {
        if (depth == _limits.Nesting)
        {
            throw new CheckpointException(File, $"dictionaries are nested more than {_limits.Nesting} deep", prefix);
        }

        foreach ((object? key, object? value) in dict.Items)
        {
            // Dictionaries can share their parts, so the walk may be far longer than the file.
            if (++_visited > _limits.Entries)
            {
                throw new CheckpointException(File, $"the checkpoint has more than {_limits.Entries} entries (CheckpointLimits.Entries)", prefix);
            }

            // Entries without a text name (an optimiser's parameter numbers) are no weights.
            if (PickleText.Of(key) is not { } name)
            {
                continue;
            }

            if (prefix.Length + name.Length > _limits.NameLength)
            {
                throw new CheckpointException(
                    File,
                    $"a name here has {prefix.Length + name.Length} characters, more than the limit of {_limits.NameLength} (CheckpointLimits.NameLength)",
                    prefix + name[..Math.Min(name.Length, _limits.NameLength)]);
            }

            if (value is PyDict inner)
            {
                AddAll(inner, $"{prefix}{name}.", depth + 1);
            }
            else
            {
                Add(prefix + name, value);
            }
        }
    }

    private void Add(string name, object? value)
    {
        if (!_entries.TryAdd(name, value))
        {
            throw new CheckpointException(File, "the name occurs twice in the state dict", name);
        }

        _names.Add(name);
    }
}
