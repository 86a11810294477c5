using HandMeshEngine.Checkpoints.Keys;
using HandMeshEngine.Checkpoints.Numpy;
using HandMeshEngine.Tests.Checkpoints;
using HandMeshEngine.Tests.Images;

namespace HandMeshEngine.Tests.Reliability;

/// <summary>Every prefix of a small sound file, and every byte of it flipped, is read or refused with the documented exception.</summary>
public sealed class TruncationTests
{
    private const int LongestHeader = 4096;

    public static TheoryData<string> Files =>
    [
        "baseline-420-5x4.jpg", "progressive-420-5x4.jpg", "orientation-6.png", "zip.pth", "legacy.pth", "tar.pth", "transform.pkl", "mano.pkl", "fortran_f4.npy",
        "safetensors",
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_prefix_and_every_flipped_byte_is_read_or_refused(string name)
    {
        byte[] sound = Sound(name);
        Read(name, sound);
        int refused = 0;
        for (int length = 0; length < sound.Length; length++)
        {
            refused += Tried(name, sound[..length], $"the first {length} bytes") ? 0 : 1;
        }

        // A file without its last bytes may still hold all that counts: half of the tar archive is its padding.
        Assert.InRange(refused, sound.Length / 3, sound.Length);
        for (int at = 0; at < Math.Min(sound.Length, LongestHeader); at++)
        {
            byte[] flipped = [.. sound];
            flipped[at] ^= 0xff;
            Tried(name, flipped, $"byte {at} flipped");
        }
    }

    private static bool Tried(string name, byte[] file, string what)
    {
        try
        {
            Read(name, file);
            return true;
        }
        catch (Exception exception) when (exception is ImageException or CheckpointException)
        {
            return false;
        }
        catch (Exception exception)
        {
            Assert.Fail($"{name}, {what}: {exception}");
            throw;
        }
    }

    private static void Read(string name, byte[] file)
    {
        switch (Path.GetExtension(name))
        {
            case ".jpg" or ".png":
                RgbImage.Decode(file);
                break;
            case ".npy":
                NpyFile.Read(new MemoryStream(file), name);
                break;
            case ".pkl":
                PickleFile.Read(new MemoryStream(file), name);
                break;
            case ".pth":
                using (CheckpointSource source = CheckpointSource.Open(new MemoryStream(file), name))
                {
                    foreach (string tensor in source.Names.Where(source.IsTensor))
                    {
                        source.Read(tensor);
                    }
                }

                break;
            default:
                SafetensorsFile.Read(new MemoryStream(file), name);
                break;
        }
    }

    private static byte[] Sound(string name)
    {
        if (Path.GetExtension(name) is ".jpg" or ".png")
        {
            return ImageFixture.Get(name).File;
        }

        if (Path.HasExtension(name))
        {
            return Fixtures.Bytes(name);
        }

        var map = new TensorMap("test");
        map.Add("a", Tensor.From(new Shape(2), 1f, 2f));
        map.Add("b", Tensor.From(new Shape(1, 1), 3L));
        map.Metadata["who"] = "test";
        using var stream = new MemoryStream();
        SafetensorsFile.Write(stream, map);
        return stream.ToArray();
    }
}
