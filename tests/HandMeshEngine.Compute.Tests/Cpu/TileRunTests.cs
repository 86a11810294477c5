using HandMeshEngine.Compute.Backends.Cpu.Threads;

namespace HandMeshEngine.Compute.Tests.Cpu;

public sealed class TileRunTests
{
    [Theory]
    [InlineData(2, 1)]
    [InlineData(2, 2)]
    [InlineData(7, 2)]
    [InlineData(3, 5)]
    [InlineData(64, 16)]
    public void Threads_begin_with_runs_that_cover_all_tiles_and_the_caller_has_the_first(int tiles, int threads)
    {
        int covered = 0;
        for (int thread = 0; thread < threads; thread++)
        {
            (int first, int last) = TileRun.Of(tiles, threads, thread);
            Assert.Equal(covered, first);
            Assert.InRange(last - first, thread == 0 ? 1 : 0, (tiles + threads - 1) / threads);
            covered = last;
        }

        Assert.Equal(tiles, covered);
    }

    [Fact]
    public void A_run_gives_each_tile_once_from_either_end_and_then_none()
    {
        long run = TileRun.Make(5, 10, 13);
        Assert.True(TileRun.Take(ref run, fromEnd: false, out int tile));
        Assert.Equal(10, tile);
        Assert.True(TileRun.Take(ref run, fromEnd: true, out tile));
        Assert.Equal(12, tile);
        Assert.True(TileRun.Take(ref run, fromEnd: true, out tile));
        Assert.Equal(11, tile);
        Assert.False(TileRun.Take(ref run, fromEnd: false, out _));
        Assert.False(TileRun.Take(ref run, fromEnd: true, out _));
        Assert.Equal(5, TileRun.Number(run));
    }

    [Fact]
    public void Numbers_of_jobs_start_again_after_the_last()
    {
        long run = TileRun.Make((1 << 24) - 1, 0, TileRun.TooMany - 1);
        Assert.Equal((1 << 24) - 1, TileRun.Number(run));
        Assert.Equal(0, TileRun.Next(run));
        Assert.True(TileRun.Take(ref run, fromEnd: true, out int tile));
        Assert.Equal(TileRun.TooMany - 2, tile);
    }
}
