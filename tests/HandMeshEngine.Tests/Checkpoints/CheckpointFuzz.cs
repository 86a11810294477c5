using HandMeshEngine.Tests.Fuzzing;

namespace HandMeshEngine.Tests.Checkpoints;

/// <summary>Runs a reader over damaged files: it may accept or refuse with a CheckpointException, nothing else.</summary>
internal static class CheckpointFuzz
{
    /// <summary>
    /// Damages the corpus; fails on another exception or on memory out of proportion. How often, and the seed, see <see cref="FuzzRun"/>.
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

        seed += FuzzRun.Seed;
        int cases = FuzzRun.Cases;
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
