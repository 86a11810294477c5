using System.Globalization;
using HandMeshEngine.Tests.Fuzzing;

namespace HandMeshEngine.Tests.Checkpoints;

/// <summary>Runs a reader over damaged files: it may accept or refuse with a CheckpointException, nothing else.</summary>
internal static class CheckpointFuzz
{
    private const int DefaultCases = 20_000;

    /// <summary>
    /// Damages the corpus 20,000 times; fails on another exception or on memory out of proportion. HANDMESH_FUZZ_SEED is
    /// added to the seed and HANDMESH_FUZZ_CASES replaces the count, for longer runs.
    /// </summary>
    /// <param name="seed">Names the damage; printed on failure with the case number.</param>
    /// <param name="corpus">Sound tiny files.</param>
    /// <param name="read">The reader under test.</param>
    /// <param name="largestAllocation">Bytes that reading one file of the corpus' size may allocate.</param>
    /// <param name="magic">Byte strings of the format.</param>
    public static void Run(
        ulong seed, IReadOnlyList<byte[]> corpus, Action<byte[]> read, long largestAllocation, params byte[][] magic)
    {
        foreach (byte[] sound in corpus)
        {
            read(sound);
        }

        seed += ulong.Parse(Environment.GetEnvironmentVariable("HANDMESH_FUZZ_SEED") ?? "0", CultureInfo.InvariantCulture);
        int cases = int.Parse(Environment.GetEnvironmentVariable("HANDMESH_FUZZ_CASES") ?? $"{DefaultCases}", CultureInfo.InvariantCulture);
        var mutator = new ByteMutator(seed, corpus, magic);
        int accepted = 0;
        for (int number = 0; number < cases; number++)
        {
            byte[] damaged = mutator.Case(number);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                read(damaged);
                accepted++;
            }
            catch (CheckpointException)
            {
                // The documented answer to a damaged file.
            }
            catch (Exception error)
            {
                Assert.Fail($"seed {seed} case {number}: {error}");
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated <= largestAllocation, $"seed {seed} case {number}: allocated {allocated} bytes");
        }

        Assert.InRange(accepted, 1, cases - 1);
    }
}
