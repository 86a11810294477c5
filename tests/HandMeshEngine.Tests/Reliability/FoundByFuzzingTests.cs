using System.Text.RegularExpressions;
using HandMeshEngine.Tests.Checkpoints;
using HandMeshEngine.Tests.Checkpoints.Hostile;
using HandMeshEngine.Tests.Checkpoints.PyTorch;
using HandMeshEngine.Tests.Fuzzing;
using HandMeshEngine.Tests.Images;

namespace HandMeshEngine.Tests.Reliability;

/// <summary>
/// Damaged files that a fuzzer found, each for a sentence of its own: tests/corpora/found.tsv has a line for each, its kind, its number
/// in the mutator's series, and how the refusal begins. <see cref="Record"/> wrote it.
/// </summary>
public sealed partial class FoundByFuzzingTests
{
    private const ulong Seed = 20261128;
    private const int Begin = 70;

    private static readonly string _list = Path.Combine(Repository.Root, "tests", "corpora", "found.tsv");

    private static readonly byte[] _state = PickleBuilder.Dict("w", p => p.Tensor(4, 0, [2, 2], [2, 1]));

    private static readonly Dictionary<string, (ByteMutator Mutator, Action<byte[]> Read)> _kinds = new()
    {
        ["jpg"] = (new(Seed, [.. ImageFixture.OfType(".jpg").Select(fixture => fixture.File)], [0xff, 0xc4], [0xff, 0xda], [0xff, 0xc2]), Picture),
        ["png"] = (new(Seed, [.. ImageFixture.OfType(".png").Select(fixture => fixture.File)], [.. "IHDR"u8], [.. "IDAT"u8], [.. "PLTE"u8]), RepairedPicture),
        ["safetensors"] = (new(Seed, [Tensors()], [.. "\"shape\":["u8], [.. "\"dtype\":"u8], [.. "},"u8]), file => SafetensorsFile.Read(new MemoryStream(file), "f")),
        ["zip"] = (new(Seed, [ZipBuilder.Torch(_state), Fixtures.Bytes("zip.pth")], [.. "PK"u8]), file => TorchReading.All(file, "f")),
        ["pickle"] = (new(Seed, [_state], [0x81], [0x93], [.. "R"u8]), file => TorchReading.All(ZipBuilder.Torch(file), "f")),
        ["legacy"] = (new(Seed, [LegacyBuilder.File(_state), Fixtures.Bytes("legacy.pth")], [0x8a]), file => TorchReading.All(file, "f")),
    };

    public static TheoryData<string> Kinds => [.. _kinds.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_is_refused_as_it_was_when_it_was_found(string kind)
    {
        int count = 0;
        foreach (string[] line in File.ReadLines(_list).Select(line => line.Split('\t')).Where(line => line[0] == kind))
        {
            int number = int.Parse(line[1]);
            Assert.Equal((number, line[2]), (number, Refusal(kind, number)));
            count++;
        }

        Assert.True(count >= 40, $"{count} files of kind {kind}");
    }

    [Fact]
    public void The_list_has_its_size()
    {
        var counts = File.ReadLines(_list).CountBy(line => line[..line.IndexOf('\t')]).ToDictionary();

        Assert.True(counts["jpg"] + counts["png"] >= 300);
        Assert.True(counts["safetensors"] >= 200);
        Assert.True(counts["zip"] + counts["pickle"] + counts["legacy"] >= 200);
    }

    /// <summary>Writes the list anew: for every sentence that a refusal begins with, the first files of the series.</summary>
    [Fact]
    public void Record()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("HANDMESH_RECORD_FOUND") == "1", "HANDMESH_RECORD_FOUND=1 writes tests/corpora/found.tsv anew");
        var lines = new List<string>();
        foreach ((string kind, int wanted) in (ReadOnlySpan<(string, int)>)[("jpg", 160), ("png", 150), ("safetensors", 205), ("zip", 70), ("pickle", 70), ("legacy", 70)])
        {
            var found = new List<(int Number, string Refusal)>();
            for (int number = 0; number < 20_000; number++)
            {
                if (Refusal(kind, number) is { } refusal)
                {
                    found.Add((number, refusal));
                }
            }

            lines.AddRange(found
                .GroupBy(file => file.Refusal)
                .SelectMany(group => group.Select((file, rank) => (file.Number, file.Refusal, Rank: rank)))
                .OrderBy(file => file.Rank)
                .Take(wanted)
                .OrderBy(file => file.Number)
                .Select(file => $"{kind}\t{file.Number}\t{file.Refusal}"));
        }

        File.WriteAllLines(_list, lines);
    }

    private static string? Refusal(string kind, int number)
    {
        (ByteMutator mutator, Action<byte[]> read) = _kinds[kind];
        try
        {
            read(mutator.Case(number));
            return null;
        }
        catch (Exception exception) when (exception is ImageException or CheckpointException)
        {
            string plain = Unsteady().Replace(exception.Message, "#");
            return plain[..Math.Min(plain.Length, Begin)];
        }
    }

    private static void Picture(byte[] file) => RgbImage.Decode(file);

    private static void RepairedPicture(byte[] file)
    {
        PngRepair.FixCheckSums(file);
        RgbImage.Decode(file);
    }

    private static byte[] Tensors()
    {
        var map = new TensorMap("found");
        map.Add("weight", Tensor.From(new Shape(2, 2), 1f, 2f, 3f, 4f));
        map.Add("index", Tensor.From(new Shape(3), 1L, 2L, 3L));
        map.Metadata["format"] = "pt";
        using var stream = new MemoryStream();
        SafetensorsFile.Write(stream, map);
        return stream.ToArray();
    }

    // Numbers, quoted text of the file, and what is no printable ASCII differ from file to file.
    [GeneratedRegex(@"'[^']*'|0x[0-9a-f]+|[0-9]+|[^ -~]+")]
    private static partial Regex Unsteady();
}
