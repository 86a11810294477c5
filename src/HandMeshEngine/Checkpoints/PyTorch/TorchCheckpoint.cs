using HandMeshEngine.Checkpoints.Pickle;

namespace HandMeshEngine.Checkpoints.PyTorch;

/// <summary>Where the bytes of a storage lie in the file.</summary>
/// <param name="Offset">First byte.</param>
/// <param name="Bytes">Length.</param>
/// <param name="Crc">Checksum to verify, if the container has one.</param>
internal readonly record struct StorageRange(long Offset, long Bytes, uint? Crc);

/// <summary>
/// An opened PyTorch file: the pickled object as inert values, and tensors read from disk when asked for. Not thread-safe.
/// </summary>
internal sealed class TorchCheckpoint : IDisposable
{
    // Tensors may share a storage or repeat elements (stride 0); what they take in all stays in proportion to the file.
    private const long MemoryFactor = 4;
    private const long MemoryFloor = 16 << 20;

    private readonly Stream _stream;
    private readonly IReadOnlyDictionary<string, StorageRange> _ranges;
    private long _memoryLeft;
    private (string Key, byte[] Bytes)? _lastStorage;

    /// <summary>Takes over the stream.</summary>
    public TorchCheckpoint(Stream stream, string file, object? root, IReadOnlyDictionary<string, StorageRange> ranges)
    {
        _stream = stream;
        File = file;
        Root = root;
        _ranges = ranges;
        _memoryLeft = (stream.Length * MemoryFactor) + MemoryFloor;
    }

    /// <summary>File name for messages.</summary>
    public string File { get; }

    /// <summary>The pickled object.</summary>
    public object? Root { get; }

    /// <summary>Reads a tensor, row-major.</summary>
    /// <param name="tensor">A tensor of this checkpoint.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <exception cref="CheckpointException">Its storage is missing or damaged, or the tensors take unreasonably much memory.</exception>
    public Tensor Read(TorchTensor tensor, string name)
    {
        int element = tensor.Storage.Type.Size();
        long bytes = (long)tensor.Shape.Count * element;
        if (bytes > Array.MaxLength)
        {
            throw new CheckpointException(File, $"a tensor of {bytes} bytes is too large", name);
        }

        Spend(bytes, name);
        byte[] storage = StorageOf(tensor.Storage, name);
        var result = new Tensor(tensor.Storage.Type, tensor.Shape);
        if (tensor.Shape.Count > 0)
        {
            Copy(storage, tensor, result.Bytes, axis: 0, from: tensor.Offset * element, element);
        }

        return result;
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private byte[] StorageOf(TorchStorage storage, string name)
    {
        if (_lastStorage is { } last && last.Key == storage.Key)
        {
            return last.Bytes;
        }

        if (!_ranges.TryGetValue(storage.Key, out StorageRange range))
        {
            throw new CheckpointException(File, $"its storage '{CheckpointException.Printable(storage.Key)}' is not in the file", name);
        }

        long expected = storage.Count * storage.Type.Size();
        if (range.Bytes != expected || expected > Array.MaxLength)
        {
            throw new CheckpointException(
                File, $"its storage holds {range.Bytes} bytes where {storage.Count} elements of {storage.Type} take {expected}", name, range.Offset);
        }

        Spend(expected, name);
        byte[] bytes = new byte[expected];
        _stream.Position = range.Offset;
        _stream.ReadExactly(bytes);
        if (range.Crc is uint crc && Crc32.Compute(bytes) != crc)
        {
            throw new CheckpointException(File, "the checksum of its storage is wrong: the file is damaged", name, range.Offset);
        }

        _lastStorage = (storage.Key, bytes);
        return bytes;
    }

    private void Spend(long bytes, string name)
    {
        _memoryLeft -= bytes;
        if (_memoryLeft < 0)
        {
            throw new CheckpointException(File, "the tensors up to here take far more memory than the file has: it repeats its storages", name);
        }
    }

    // Copies one axis; runs of neighbours are copied as one block.
    private static Span<byte> Copy(byte[] storage, TorchTensor tensor, Span<byte> to, int axis, long from, int element)
    {
        if (IsDense(tensor, axis))
        {
            int run = tensor.Shape.CountOf(axis, tensor.Shape.Rank) * element;
            storage.AsSpan((int)from, run).CopyTo(to);
            return to[run..];
        }

        for (int i = 0; i < tensor.Shape[axis]; i++)
        {
            to = Copy(storage, tensor, to, axis + 1, from + (i * tensor.Strides[axis] * element), element);
        }

        return to;
    }

    private static bool IsDense(TorchTensor tensor, int axis)
    {
        long step = 1;
        for (int i = tensor.Shape.Rank - 1; i >= axis; i--)
        {
            if (tensor.Shape[i] != 1 && tensor.Strides[i] != step)
            {
                return false;
            }

            step *= tensor.Shape[i];
        }

        return true;
    }
}
