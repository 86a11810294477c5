using HandMeshEngine.Compute.Planning.Memory;

namespace HandMeshEngine.Compute.Tests.Planning;

public sealed class ArenaPlannerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Buffers_alive_together_never_overlap(int seed)
    {
        var random = new Random(seed);
        ArenaBuffer[] buffers = [.. Enumerable.Range(0, 200).Select(_ =>
        {
            int first = random.Next(100);
            return new ArenaBuffer(random.Next(1, 100_000), first, first + random.Next(20));
        })];

        (long[] offsets, long total) = ArenaPlanner.Place(buffers);

        for (int i = 0; i < buffers.Length; i++)
        {
            Assert.Equal(0, offsets[i] % ArenaPlanner.Alignment);
            Assert.True(offsets[i] + buffers[i].Bytes <= total);
            for (int j = 0; j < i; j++)
            {
                bool together = buffers[i].FirstStep <= buffers[j].LastStep && buffers[j].FirstStep <= buffers[i].LastStep;
                bool apart = offsets[i] + buffers[i].Bytes <= offsets[j] || offsets[j] + buffers[j].Bytes <= offsets[i];
                Assert.True(!together || apart, $"buffers {i} and {j} overlap (seed {seed})");
            }
        }
    }

    [Fact]
    public void A_chain_needs_two_buffers()
    {
        ArenaBuffer[] chain = [.. Enumerable.Range(0, 50).Select(i => new ArenaBuffer(1024, i, i + 1))];
        Assert.Equal(2048, ArenaPlanner.Place(chain).Total);
    }
}
