using HandMeshEngine.Checkpoints.Pickle;

namespace HandMeshEngine.Checkpoints.PyTorch;

/// <summary>
/// Opens what <c>torch.save</c> wrote: the zip container (since 1.6), the legacy one (before) and the tar one (before 0.2).
/// A Lightning .ckpt is one of the first two.
/// </summary>
internal static class TorchFile
{
    private const int TarMagicOffset = 257;
    private const int LegacyProtocol = 1001;

    private static readonly BigInteger _legacyMagic = BigInteger.Parse("119547037146038801333356");

    /// <summary>Opens a file.</summary>
    /// <exception cref="CheckpointException">The file cannot be opened, is not a PyTorch file, or is damaged.</exception>
    public static TorchCheckpoint Open(string path, CheckpointLimits? limits = null) => Open(CheckpointFiles.Open(path), path, limits);

    /// <summary>Opens a seekable stream, which the checkpoint takes over.</summary>
    /// <exception cref="CheckpointException">This is not a PyTorch file, or it is damaged.</exception>
    public static TorchCheckpoint Open(Stream stream, string file, CheckpointLimits? limits = null)
    {
        limits ??= CheckpointLimits.Default;
        try
        {
            limits.CheckFile(file, stream.Length);
            byte[] head = new byte[TarMagicOffset + 5];
            int read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            ReadOnlySpan<byte> start = head.AsSpan(0, read);
            stream.Position = 0;
            if (start.StartsWith("PK\x3\x4"u8))
            {
                return OpenZip(stream, file, limits);
            }

            if (start.Length == head.Length && start[TarMagicOffset..].SequenceEqual("ustar"u8))
            {
                return TorchTar.Open(stream, file, limits);
            }

            return start.Length > 0 && start[0] == PickleOp.Protocol
                ? OpenLegacy(stream, file, limits)
                : throw new CheckpointException(
                    file, "this is not a PyTorch checkpoint: it is neither a zip archive, a pickle nor a tar archive", offset: 0);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static TorchCheckpoint OpenZip(Stream stream, string file, CheckpointLimits limits)
    {
        const string main = "data.pkl";
        IReadOnlyDictionary<string, ZipEntry> entries = ZipDirectory.Read(stream, file, limits);
        ZipEntry[] pickles = [.. entries.Values.Where(entry => entry.Name == main || entry.Name.EndsWith("/" + main, StringComparison.Ordinal))];
        if (pickles is not [ZipEntry pickle])
        {
            throw new CheckpointException(file, $"the archive holds {pickles.Length} entries called {main} where a PyTorch checkpoint has one", main);
        }

        string prefix = pickle.Name[..^main.Length];
        if (entries.ContainsKey(prefix + "constants.pkl"))
        {
            throw new CheckpointException(
                file, "this is a TorchScript program, not a checkpoint: save its state dict with torch.save", prefix + "constants.pkl");
        }

        if (entries.TryGetValue(prefix + "byteorder", out ZipEntry? order) && !Bytes(stream, order, file, limits).AsSpan().SequenceEqual("little"u8))
        {
            throw new CheckpointException(file, "the checkpoint was saved on a big-endian machine, which is not supported", order.Name);
        }

        byte[] bytes = Bytes(stream, pickle, file, limits);
        var table = new StorageTable(file, pickle.Name);
        object? root = Unpickler.Read(new PickleStream(new MemoryStream(bytes), bytes.Length, file, pickle.Name, limits), table.Resolve);
        var ranges = new Dictionary<string, StorageRange>(StringComparer.Ordinal);
        foreach (string key in table.Storages.Keys)
        {
            if (entries.TryGetValue($"{prefix}data/{key}", out ZipEntry? data))
            {
                RequirePlain(data, file);
                ranges.Add(key, new StorageRange(data.Offset, data.Bytes, data.Crc == 0 ? null : data.Crc));
            }
        }

        return new TorchCheckpoint(stream, file, root, ranges);
    }

    private static TorchCheckpoint OpenLegacy(Stream stream, string file, CheckpointLimits limits)
    {
        var pickles = new PickleStream(stream, stream.Length, file, entry: null, limits);
        if (Unpickler.Read(pickles) is not BigInteger magic || magic != _legacyMagic)
        {
            throw new CheckpointException(file, "this pickle is not a PyTorch checkpoint: it does not start with PyTorch's magic number", offset: 0);
        }

        if (Unpickler.Read(pickles) is not long protocol || protocol != LegacyProtocol)
        {
            throw pickles.Error($"the legacy protocol number is not {LegacyProtocol}");
        }

        if (Unpickler.Read(pickles) is not PyDict system || !system.TryGet("little_endian", out object? little) || little is not true)
        {
            throw pickles.Error("the checkpoint was saved on a big-endian machine, which is not supported");
        }

        var table = new StorageTable(file, entry: null);
        object? root = Unpickler.Read(pickles, table.Resolve);
        if (Unpickler.Read(pickles) is not PyList keys)
        {
            throw pickles.Error("the list of storages is missing: the file is damaged");
        }

        var ranges = new Dictionary<string, StorageRange>(StringComparer.Ordinal);
        foreach (object? item in keys.Items)
        {
            if (PickleText.Of(item) is not { } key || !table.Storages.TryGetValue(key, out TorchStorage? storage))
            {
                throw pickles.Error($"the file lists {PickleText.Describe(item)} as a storage that no tensor uses: it is damaged");
            }

            AddLegacyStorage(pickles, storage, ranges);
        }

        return new TorchCheckpoint(stream, file, root, ranges);
    }

    /// <summary>Notes where the raw data of a storage lies: an int64 element count and the elements.</summary>
    internal static void AddLegacyStorage(PickleStream pickles, TorchStorage storage, Dictionary<string, StorageRange> ranges)
    {
        long at = pickles.Offset;
        long count = (long)pickles.ReadUnsigned(8);
        if (count != storage.Count || count > pickles.Left / storage.Type.Size())
        {
            throw pickles.Error(
                $"the storage '{CheckpointException.Printable(storage.Key)}' has {count} elements here and {storage.Count} in the pickle, "
                + $"with {pickles.Left} bytes left", at);
        }

        long bytes = count * storage.Type.Size();
        if (!ranges.TryAdd(storage.Key, new StorageRange(at + 8, bytes, null)))
        {
            throw pickles.Error($"the storage '{CheckpointException.Printable(storage.Key)}' occurs twice", at);
        }

        pickles.Skip(bytes);
    }

    private static byte[] Bytes(Stream stream, ZipEntry entry, string file, CheckpointLimits limits)
    {
        RequirePlain(entry, file);
        if (entry.Bytes > limits.HeaderBytes)
        {
            throw new CheckpointException(
                file, $"the entry has {entry.Bytes} bytes, more than the limit of {limits.HeaderBytes} (CheckpointLimits.HeaderBytes)", entry.Name, entry.Offset);
        }

        byte[] bytes = new byte[entry.Bytes];
        stream.Position = entry.Offset;
        stream.ReadExactly(bytes);
        // torch.save writes zeros where it was told to leave checksums out.
        return entry.Crc == 0 || Crc32.Compute(bytes) == entry.Crc
            ? bytes
            : throw new CheckpointException(file, "the entry's checksum is wrong: the file is damaged", entry.Name, entry.Offset);
    }

    private static void RequirePlain(ZipEntry entry, string file)
    {
        if (!entry.IsPlain)
        {
            throw new CheckpointException(
                file,
                "the entry is compressed or encrypted, which PyTorch never does; unpack the archive and zip it again without compression",
                entry.Name, entry.Offset);
        }
    }
}
