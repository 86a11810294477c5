using HandMeshEngine.Checkpoints.Numpy;
using HandMeshEngine.Tests.Checkpoints.Hostile;

namespace HandMeshEngine.Tests.Checkpoints.PyTorch;

/// <summary>20,000 damaged files a container: accepted or refused, within the memory that such a file may cost.</summary>
public sealed class TorchFuzzTests
{
    // The readers allow 16 MiB beyond four times the file for tensors that share storages.
    private const long LargestAllocation = 48 << 20;

    private static readonly byte[] _state = PickleBuilder.Dict("w", p => p.Tensor(4, 0, [2, 2], [2, 1]));

    private static readonly byte[][] _opcodes =
    [
        "("u8.ToArray(), "t"u8.ToArray(), "R"u8.ToArray(), "Q"u8.ToArray(), "."u8.ToArray(), "u"u8.ToArray(), "b"u8.ToArray(), [0x81], [0x93], [0x85], [0x8a],
        "cos\nsystem\n"u8.ToArray(), "ctorch._utils\n_rebuild_tensor_v2\n"u8.ToArray(), "storage"u8.ToArray(), "PK\x1\x2"u8.ToArray(), "PK\x5\x6"u8.ToArray(),
    ];

    [Fact]
    public void Damaged_zip_files_are_accepted_or_refused() =>
        CheckpointFuzz.Run(21, [ZipBuilder.Torch(_state), Fixtures.Bytes("zip.pth")], bytes => TorchReading.All(bytes, "fuzz.pth"), LargestAllocation, _opcodes);

    [Fact]
    public void Damaged_pickles_in_sound_zip_files_are_accepted_or_refused() =>
        CheckpointFuzz.Run(22, [_state], bytes => TorchReading.All(ZipBuilder.Torch(bytes), "fuzz.pth"), LargestAllocation, _opcodes);

    [Fact]
    public void Damaged_legacy_files_are_accepted_or_refused() =>
        CheckpointFuzz.Run(23, [LegacyBuilder.File(_state), Fixtures.Bytes("legacy.pth")], bytes => TorchReading.All(bytes, "fuzz.pth"), LargestAllocation, _opcodes);

    [Fact]
    public void Damaged_tar_files_are_accepted_or_refused() =>
        CheckpointFuzz.Run(
            24,
            [LegacyBuilder.Tar(("storages", LegacyBuilder.TarStorages(views: (7, 1000, 0, 1))), ("tensors", LegacyBuilder.TarTensors()), ("pickle", LegacyBuilder.TarPickle()))],
            bytes => TorchReading.All(bytes, "fuzz.pth"), LargestAllocation, _opcodes);

    [Fact]
    public void Damaged_tables_are_accepted_or_refused() =>
        CheckpointFuzz.Run(
            25, [Fixtures.Bytes("mano.pkl"), Fixtures.Bytes("transform.pkl"), Fixtures.Bytes("protocol0.pkl"), Fixtures.Bytes("protocol5.pkl")], ReadTables, LargestAllocation, _opcodes);

    private static void ReadTables(byte[] bytes)
    {
        object? root = PickleFile.Read(new MemoryStream(bytes), "fuzz.pkl");
        foreach (string key in (string[])["f", "J_regressor", "v_template", "a"])
        {
            if (root is HandMeshEngine.Checkpoints.Pickle.PyDict dict && dict.TryGet(key, out object? value))
            {
                PickledTables.Array(value, "fuzz.pkl", key);
            }
        }
    }
}
