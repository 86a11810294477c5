using HandMeshEngine.Checkpoints.Pickle;

namespace HandMeshEngine.Checkpoints.PyTorch;

/// <summary>
/// PyTorch's first container, a tar archive of <c>storages</c> (count, then per storage a pickled (key, location, class) and its
/// raw data, then pickled views), <c>tensors</c> (count, then per tensor a pickled (key, storage key, class), its rank,
/// sizes, strides and offset) and <c>pickle</c>, in which a persistent id is a tensor's key.
/// </summary>
internal static class TorchTar
{
    private const int HighestRank = 16;

    /// <summary>Opens an archive; the checkpoint takes the stream over.</summary>
    /// <exception cref="CheckpointException">The archive is damaged.</exception>
    public static TorchCheckpoint Open(Stream stream, string file, CheckpointLimits limits)
    {
        IReadOnlyDictionary<string, (long Offset, long Bytes)> members = TarDirectory.Read(stream, file);
        var ranges = new Dictionary<string, StorageRange>(StringComparer.Ordinal);
        Dictionary<string, TorchStorage> storages = ReadStorages(Member(stream, members, "storages", file, limits), ranges, limits);
        var objects = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach ((string key, TorchStorage storage) in storages)
        {
            objects.Add(key, storage);
        }

        ReadTensors(Member(stream, members, "tensors", file, limits), storages, objects, limits);
        object? root = Unpickler.Read(Member(stream, members, "pickle", file, limits), id => Resolve(id, objects, file));
        return new TorchCheckpoint(stream, file, root, ranges);
    }

    private static PickleStream Member(
        Stream stream, IReadOnlyDictionary<string, (long Offset, long Bytes)> members, string name, string file, CheckpointLimits limits)
    {
        if (!members.TryGetValue(name, out (long Offset, long Bytes) member))
        {
            throw new CheckpointException(file, $"the tar archive has no member '{name}' and so is not a PyTorch checkpoint", name);
        }

        stream.Position = member.Offset;
        return new PickleStream(stream, member.Offset + member.Bytes, file, entry: null, limits);
    }

    private static Dictionary<string, TorchStorage> ReadStorages(
        PickleStream pickles, Dictionary<string, StorageRange> ranges, CheckpointLimits limits)
    {
        var storages = new Dictionary<string, TorchStorage>(StringComparer.Ordinal);
        int count = Count(pickles, limits);
        for (int i = 0; i < count; i++)
        {
            if (Unpickler.Read(pickles) is not PyTuple { Items: [var keyValue, _, PyGlobal type] }
                || KeyOf(keyValue) is not { } key || TorchCalls.ElementOf(type) is not DType element)
            {
                throw pickles.Error("a storage is not described by key, location and class: the file is damaged");
            }

            long at = pickles.Offset;
            long elements = (long)pickles.ReadUnsigned(8);
            if (elements < 0 || elements > pickles.Left / element.Size())
            {
                throw pickles.Error($"a storage of {elements} elements does not fit the {pickles.Left} bytes left", at);
            }

            if (!storages.TryAdd(key, new TorchStorage(key, element, elements)))
            {
                throw pickles.Error($"the storage '{CheckpointException.Printable(key)}' occurs twice", at);
            }

            ranges.Add(key, new StorageRange(at + 8, elements * element.Size(), null));
            pickles.Skip(elements * element.Size());
        }

        if (Unpickler.Read(pickles) is not PyList views)
        {
            throw pickles.Error("the list of storage views is missing: the file is damaged");
        }

        foreach (object? view in views.Items)
        {
            AddView(view, pickles, storages, ranges);
        }

        return storages;
    }

    // A storage that is a part of another one: (key, key of the whole, first element, elements).
    private static void AddView(
        object? view, PickleStream pickles, Dictionary<string, TorchStorage> storages, Dictionary<string, StorageRange> ranges)
    {
        if (view is not PyTuple { Items: [var keyValue, var rootValue, long offset, long count] }
            || KeyOf(keyValue) is not { } key || KeyOf(rootValue) is not { } rootKey
            || !storages.TryGetValue(rootKey, out TorchStorage? root)
            || offset < 0 || count < 0 || offset > root.Count || count > root.Count - offset
            || !storages.TryAdd(key, new TorchStorage(key, root.Type, count)))
        {
            throw pickles.Error("a storage view does not lie inside its storage: the file is damaged");
        }

        int element = root.Type.Size();
        ranges.Add(key, new StorageRange(ranges[rootKey].Offset + (offset * element), count * element, null));
    }

    private static void ReadTensors(
        PickleStream pickles, Dictionary<string, TorchStorage> storages, Dictionary<string, object> objects, CheckpointLimits limits)
    {
        int count = Count(pickles, limits);
        for (int i = 0; i < count; i++)
        {
            if (Unpickler.Read(pickles) is not PyTuple { Items: [var keyValue, var storageKey, _] }
                || KeyOf(keyValue) is not { } key || KeyOf(storageKey) is not { } storageText
                || !storages.TryGetValue(storageText, out TorchStorage? storage))
            {
                throw pickles.Error("a tensor is not described by key, storage and class: the file is damaged");
            }

            long at = pickles.Offset;
            ulong rank = pickles.ReadUnsigned(4);
            pickles.ReadUnsigned(4); // The rank once took eight bytes; readers ignore the upper half.
            if (rank > HighestRank)
            {
                throw pickles.Error($"a tensor of rank {rank} is not supported", at);
            }

            var size = new PyTuple(Numbers(pickles, (int)rank));
            var stride = new PyTuple(Numbers(pickles, (int)rank));
            if (!objects.TryAdd(key, TorchCalls.View(storage, (long)pickles.ReadUnsigned(8), size, stride, pickles, at)))
            {
                throw pickles.Error($"the key '{CheckpointException.Printable(key)}' occurs twice", at);
            }
        }
    }

    private static object?[] Numbers(PickleStream pickles, int count)
    {
        object?[] numbers = new object?[count];
        for (int i = 0; i < count; i++)
        {
            numbers[i] = (long)pickles.ReadUnsigned(8);
        }

        return numbers;
    }

    private static int Count(PickleStream pickles, CheckpointLimits limits) =>
        Unpickler.Read(pickles) is long count && count >= 0 && count <= limits.Entries
            ? (int)count
            : throw pickles.Error("a count is missing or out of range: the file is damaged");

    // A key is an object's address: an integer in most files, text in some.
    private static string? KeyOf(object? value) => value is long or System.Numerics.BigInteger ? value.ToString() : PickleText.Of(value);

    private static object? Resolve(object? id, Dictionary<string, object> objects, string file) => id switch
    {
        // A container class whose source was saved along: the class is all that matters.
        PyTuple { Items: [var container, ..] } => container,
        _ when KeyOf(id) is { } key && objects.TryGetValue(key, out object? value) => value,
        _ => throw new CheckpointException(file, "a persistent id names a tensor that is not in the file", "pickle"),
    };
}
