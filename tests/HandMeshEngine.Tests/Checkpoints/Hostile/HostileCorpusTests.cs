using HandMeshEngine.Checkpoints.Keys;

namespace HandMeshEngine.Tests.Checkpoints.Hostile;

public sealed class HostileCorpusTests
{
    // Some files of the corpus have several megabytes themselves; none may cost much more than its own size.
    private const long LargestAllocation = 256L << 20;

    private static readonly Dictionary<string, HostileFile> _files =
        HostileNames.All().Concat(HostilePickles.All()).Concat(HostileTensors.All()).Concat(HostileArchives.All()).ToDictionary(file => file.Name);

    public static TheoryData<string> Names => [.. _files.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_hostile_file_is_refused_with_file_place_and_reason(string name)
    {
        HostileFile file = _files[name];
        long before = GC.GetAllocatedBytesForCurrentThread();

        var error = Assert.Throws<CheckpointException>(file.Read);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, LargestAllocation);
        Assert.StartsWith("hostile.", error.Message);
        Assert.Contains(file.Reason, error.Message);
        Assert.True(error.Offset is not null || error.Tensor is not null, $"no place in: {error.Message}");
        Assert.False(System.IO.File.Exists(HostileNames.Marker));
    }

    [Fact]
    public void The_corpus_has_its_size_and_its_sound_relatives_are_read()
    {
        Assert.InRange(_files.Count, 60, 1000);
        byte[] state = PickleBuilder.Dict("w", p => p.Tensor(4, 0, [4], [1]));
        byte[] tar = LegacyBuilder.Tar(("storages", LegacyBuilder.TarStorages()), ("tensors", LegacyBuilder.TarTensors()), ("pickle", LegacyBuilder.TarPickle()));
        foreach (byte[] sound in (byte[][])[ZipBuilder.Torch(state), LegacyBuilder.File(state), tar])
        {
            using CheckpointSource source = CheckpointSource.Open(new MemoryStream(sound), "sound.pth");
            Assert.True(source.Read("w").Bytes.IndexOfAnyExcept((byte)0) < 0);
        }
    }

    [Fact]
    public void An_unknown_class_beside_the_state_dict_is_passed_over()
    {
        byte[] pickle = new PickleBuilder().Raw((byte)'}')
            .Text("state_dict").Raw((byte)'}').Text("w").Tensor(4, 0, [4], [1]).Raw((byte)'s', (byte)'s')
            .Text("hyper_parameters").CallWithText("handtools.config", "Settings", "x").Raw((byte)'s').Stop();

        using CheckpointSource source = CheckpointSource.Open(new MemoryStream(ZipBuilder.Torch(pickle)), "lightning.ckpt");

        Assert.Equal(["w"], source.Names);
    }
}
