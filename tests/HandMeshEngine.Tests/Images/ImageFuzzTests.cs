using HandMeshEngine.Tests.Fuzzing;

namespace HandMeshEngine.Tests.Images;

/// <summary>Damaged pictures are decoded or refused with an ImageException; nothing else, and in bounded memory.</summary>
public sealed class ImageFuzzTests
{
    /// <summary>
    /// The corpus' files have some 600 bytes; the most that a byte can ask for is 1032 bytes of deflated 1-bit grey, 24 kB.
    /// </summary>
    private const long LargestAllocation = 16L << 20;

    private static readonly int _cases = FuzzRun.Cases;

    [Fact]
    public void Damaged_jpeg_files_are_decoded_or_refused() => Run(
        20260101,
        [.. ImageFixture.OfType(".jpg").Select(fixture => fixture.File)],
        static damaged => { },
        [0xff, 0xd8], [0xff, 0xd9], [0xff, 0xda], [0xff, 0xc0], [0xff, 0xc2], [0xff, 0xc4], [0xff, 0xdb], [0xff, 0xdd, 0, 4, 0, 1],
        [0xff, 0xd0], [0xff, 0xff], [0xff, 0x00], [0xff, 0xe1], [0, 63, 0], [1, 63, 0x10], [0, 0, 1], [0x22], [0x41]);

    [Fact]
    public void Damaged_png_files_are_decoded_or_refused() => Run(
        20260102,
        [.. ImageFixture.OfType(".png").Select(fixture => fixture.File)],
        static damaged => PngRepair.FixCheckSums(damaged),
        [.. "IHDR"u8], [.. "PLTE"u8], [.. "IDAT"u8], [.. "IEND"u8], [.. "tRNS"u8], [.. "eXIf"u8], [0, 0, 0, 13], [8, 2, 0, 0, 1], [0x78, 0x9c]);

    /// <param name="seed">Names the damage.</param>
    /// <param name="corpus">Sound files.</param>
    /// <param name="repair">Called on every other case, so that the damage gets past check sums.</param>
    /// <param name="magic">Byte strings of the format.</param>
    private static void Run(ulong seed, IReadOnlyList<byte[]> corpus, Action<byte[]> repair, params byte[][] magic)
    {
        seed += FuzzRun.Seed;
        ByteMutator mutator = new(seed, corpus, magic);
        ImageDecoder decoder = new();
        int accepted = 0;
        for (int number = 0; number < _cases; number++)
        {
            byte[] damaged = mutator.Case(number);
            if (number % 2 == 0)
            {
                repair(damaged);
            }

            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                decoder.Decode(damaged);
                accepted++;
            }
            catch (ImageException)
            {
                // The documented answer to a damaged picture.
            }
            catch (Exception error)
            {
                Assert.Fail($"seed {seed} case {number}: {error}");
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated <= LargestAllocation, $"seed {seed} case {number}: allocated {allocated} bytes");
        }

        Assert.InRange(accepted, _cases / 50, _cases - (_cases / 10));
        ImageFixture last = ImageFixture.Get("many-scans.jpg");
        ImageAssert.Equal(last, decoder.Decode(last.File));
    }
}
