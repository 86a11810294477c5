using HandMeshEngine.Checkpoints.Pickle;

namespace HandMeshEngine.Tests.Checkpoints.Hostile;

/// <summary>Containers that are damaged, or mean different things to different readers.</summary>
internal static class HostileArchives
{
    private static readonly byte[] _state = PickleBuilder.Dict("w", p => p.Tensor(4, 0, [4], [1]));

    private static ZipBuilder Start => new ZipBuilder().Add("a/data.pkl", _state).Add("a/data/0", new byte[16]);

    /// <summary>All of them.</summary>
    public static IEnumerable<HostileFile> All() => Zips().Concat(Legacy()).Concat(Tars());

    private static IEnumerable<HostileFile> Zips()
    {
        yield return Of("zip: two entries over the same bytes", "overlaps", () => new ZipBuilder().Add("a/data.pkl", _state).Add("a/data/0", new byte[16]).Add("a/data.pkl", _state, offset: 0).Finish());
        yield return Of("zip: an entry that reaches into the next", "overlaps", () => new ZipBuilder().Add("a/data.pkl", _state, size: _state.Length + 20, packed: _state.Length + 20).Add("a/data/0", new byte[16]).Finish());
        yield return Of("zip: an entry that reaches into the directory", "overlaps the directory", () => new ZipBuilder().Add("a/data.pkl", _state).Add("a/data/0", new byte[16], size: 60, packed: 60).Finish());
        yield return Of("zip: the same name twice", "occurs twice", () => Start.Add("a/data.pkl", _state).Finish());
        yield return Of("zip: another name in the local header (CVE-2025-1944)", "differs from the zip directory", () => new ZipBuilder().Add("a/data.pkl", _state, localName: "a/safe.pkl").Finish());
        yield return Of("zip: flags of an encrypted entry (CVE-2025-1945)", "compressed or encrypted", () => new ZipBuilder().Add("a/data.pkl", _state, flags: 1).Add("a/data/0", new byte[16]).Finish());
        yield return Of("zip: a compressed pickle", "compressed or encrypted", () => new ZipBuilder().Add("a/data.pkl", _state, method: 8).Finish());
        yield return Of("zip: a storage that unpacks to four gigabytes", "compressed or encrypted", () => new ZipBuilder().Add("a/data.pkl", _state).Add("a/data/0", new byte[16], method: 8, size: 0xfffffffe).Finish());
        yield return Of("zip: sizes that differ without compression", "compressed or encrypted", () => new ZipBuilder().Add("a/data.pkl", _state, size: 5).Finish());
        yield return Of("zip: a wrong checksum of the pickle", "checksum is wrong", () => new ZipBuilder().Add("a/data.pkl", _state, crc: 1).Finish());
        yield return Of("zip: a wrong checksum of a storage", "checksum of its storage", () => new ZipBuilder().Add("a/data.pkl", _state).Add("a/data/0", new byte[16], crc: 1).Finish());
        yield return Of("zip: an entry beyond the end", "outside the file", () => new ZipBuilder().Add("a/data.pkl", _state, offset: 1 << 30).Finish());
        yield return Of("zip: an entry longer than the file", "leaves the file", () => new ZipBuilder().Add("a/data.pkl", _state, size: 1 << 30, packed: 1 << 30).Finish());
        yield return Of("zip: zip64 sizes without their field", "zip64", () => new ZipBuilder().Add("a/data.pkl", _state, size: 0xffffffff, packed: 0xffffffff).Finish());
        yield return Of("zip: no end record", "no end record", () => Start.Finish()[..^23]);
        yield return Of("zip: an end record with a wrong comment", "no end record", () => Start.Finish(comment: 9));
        yield return Of("zip: more entries than announced", "longer than its entries", () => Start.Finish(count: 1));
        yield return Of("zip: fewer entries than announced", "announces 60000 entries", () => Start.Finish(count: 60000));
        yield return Of("zip: one entry too many announced", "directory", () => Start.Finish(count: 3));
        yield return Of("zip: a directory outside the file", "inside the file", () => Start.Finish(directoryStart: 1 << 30));
        yield return Of("zip: a directory of four gigabytes", "inside the file", () => Start.Finish(directoryBytes: 0xfffffffe));
        yield return Of("zip: a zip64 directory that is not there", "zip64 end record is missing", () => Start.Finish(directoryStart: 0xffffffff));
        yield return Of("zip: no data.pkl", "0 entries called data.pkl", () => new ZipBuilder().Add("a/other.pkl", _state).Finish());
        yield return Of("zip: two data.pkl", "2 entries called data.pkl", () => Start.Add("b/data.pkl", _state).Finish());
        yield return Of("zip: a TorchScript program", "TorchScript", () => Start.Add("a/constants.pkl", _state).Finish());
        yield return Of("zip: a big-endian machine", "big-endian", () => Start.Add("a/byteorder", "big"u8.ToArray()).Finish());
        yield return Of("zip: a payload before a broken pickle (nullifAI)", "which weights are not made of", () => new ZipBuilder().Add("a/data.pkl", [.. new PickleBuilder().CallWithText("posix", "system", "id").Bytes, 0xff, 0xff]).Finish());
        yield return Of("zip: a 7z archive under another name", "neither a zip archive", () => [(byte)'7', (byte)'z', 0xbc, 0xaf, 0x27, 0x1c, .. new byte[100]]);
    }

    private static IEnumerable<HostileFile> Legacy()
    {
        yield return Of("legacy: another magic number", "magic number", () => LegacyBuilder.File(_state, magic: new PickleBuilder().Int(1).Stop()));
        yield return Of("legacy: another protocol", "protocol number", () => LegacyBuilder.File(_state, protocol: 1002));
        yield return Of("legacy: a big-endian machine", "big-endian", () => LegacyBuilder.File(_state, littleEndian: false));
        yield return Of("legacy: no list of storages", "list of storages is missing", () => LegacyBuilder.File(_state, keys: new PickleBuilder().Int(1).Stop()));
        yield return Of("legacy: a storage that no tensor uses", "no tensor uses", () => LegacyBuilder.File(_state, keys: LegacyBuilder.Keys("9")));
        yield return Of("legacy: a storage listed twice", "occurs twice", () => [.. LegacyBuilder.File(_state, keys: LegacyBuilder.Keys("0", "0")), .. BitConverter.GetBytes(4L), .. new byte[16]]);
        yield return Of("legacy: a storage of another length", "has 3 elements here and 4", () => LegacyBuilder.File(_state, count: 3));
        yield return Of("legacy: a storage of negative length", "has -1 elements here", () => LegacyBuilder.File(_state, count: -1));
        yield return Of("legacy: a storage cut off", "has 4 elements here", () => LegacyBuilder.File(_state)[..^1]);
        yield return Of("legacy: a storage that is not listed", "is not in the file", () => LegacyBuilder.File(_state, keys: LegacyBuilder.Keys()));
        yield return Of("legacy: the storages' names are numbers", "as a storage that no tensor uses", () => LegacyBuilder.File(_state, keys: new PickleBuilder().Raw(PickleOp.EmptyList).Int(0).Raw(PickleOp.Append).Stop()));
    }

    private static IEnumerable<HostileFile> Tars()
    {
        yield return Tar("a storage longer than the file", "does not fit", storages: LegacyBuilder.TarStorages(count: 1000));
        yield return Tar("a storage of negative length", "does not fit", storages: LegacyBuilder.TarStorages(count: -1));
        yield return Tar("a view outside its storage", "does not lie inside", storages: LegacyBuilder.TarStorages(views: (7, 1000, 1, 2)));
        yield return Tar("a view of no storage", "does not lie inside", storages: LegacyBuilder.TarStorages(views: (7, 999, 0, 1)));
        yield return Tar("a view that takes a storage's name", "does not lie inside", storages: LegacyBuilder.TarStorages(views: (1000, 1000, 0, 1)));
        yield return Tar("a tensor outside its storage", "leaves its storage", tensors: LegacyBuilder.TarTensors(size: 3));
        yield return Tar("a tensor with a negative stride", "whole numbers", tensors: LegacyBuilder.TarTensors(stride: -1));
        yield return Tar("a tensor of rank 2000000000", "rank 2000000000", tensors: LegacyBuilder.TarTensors(rank: 2_000_000_000));
        yield return Tar("a tensor of no storage", "not described by", tensors: LegacyBuilder.TarTensors(storage: 5));
        yield return Tar("a billion tensors", "count is missing or out of range", tensors: LegacyBuilder.TarTensors(tensors: 1_000_000_000));
        yield return Tar("an id of no tensor", "not in the file", pickle: LegacyBuilder.TarPickle("77"));
        yield return Of("tar: no tensors", "no member 'tensors'", () => LegacyBuilder.Tar(("storages", LegacyBuilder.TarStorages()), ("pickle", LegacyBuilder.TarPickle())));
        yield return Of("tar: the same member twice", "occurs twice", () => LegacyBuilder.Tar(("pickle", [1]), ("pickle", [2])));
        yield return Of("tar: a wrong header checksum", "header is damaged", () =>
        {
            byte[] tar = LegacyBuilder.Tar(("pickle", [1]));
            tar[0] ^= 1;
            return tar;
        });
        yield return Of("tar: a member longer than the file", "cut off", () => LegacyBuilder.Tar(("pickle", new byte[5000]))[..2048]);
    }

    private static HostileFile Of(string name, string reason, Func<byte[]> make) => new(name, make, reason);

    private static HostileFile Tar(string name, string reason, byte[]? storages = null, byte[]? tensors = null, byte[]? pickle = null) =>
        Of($"tar: {name}", reason, () => LegacyBuilder.Tar(
            ("storages", storages ?? LegacyBuilder.TarStorages()), ("tensors", tensors ?? LegacyBuilder.TarTensors()), ("pickle", pickle ?? LegacyBuilder.TarPickle())));
}
