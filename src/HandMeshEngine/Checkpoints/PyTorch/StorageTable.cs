using HandMeshEngine.Checkpoints.Pickle;

namespace HandMeshEngine.Checkpoints.PyTorch;

/// <summary>The storages that a main pickle mentions by persistent id.</summary>
internal sealed class StorageTable(string file, string? entry)
{
    private readonly Dictionary<string, TorchStorage> _storages = new(StringComparer.Ordinal);

    /// <summary>The storages mentioned so far, by key.</summary>
    public IReadOnlyDictionary<string, TorchStorage> Storages => _storages;

    /// <summary>
    /// What a persistent id stands for: ('storage', class, key, location, count[, view]), or ('module', class, ...) which
    /// old files of whole models hold.
    /// </summary>
    public object? Resolve(object? id)
    {
        if (id is PyTuple { Items: [var kind, ..] } tuple)
        {
            switch (PickleText.Of(kind), tuple.Items)
            {
                case ("module", [_, var container, ..]):
                    return container;
                case ("storage", [_, PyGlobal type, var key, _, long count and >= 0, ..])
                    when PickleText.Of(key) is { } text && (tuple.Items.Count == 5 || tuple.Items[5] is null):
                    return Register(type, text, count);
            }
        }

        throw new CheckpointException(file, "a persistent id does not describe a storage: the file is damaged", entry);
    }

    private object Register(PyGlobal type, string key, long count)
    {
        // A storage whose tensors are made by a newer function; only those tensors are lost.
        if (TorchCalls.ElementOf(type) is not DType element)
        {
            return new TorchUnsupported($"a storage of {type}");
        }

        if (count > long.MaxValue / element.Size())
        {
            throw new CheckpointException(file, $"a storage of {count} elements cannot be", entry);
        }

        var storage = new TorchStorage(key, element, count);
        if (_storages.TryGetValue(key, out TorchStorage? known) && known != storage)
        {
            throw new CheckpointException(file, $"the storage '{CheckpointException.Printable(key)}' is described twice in different ways", entry);
        }

        _storages[key] = storage;
        return storage;
    }
}
