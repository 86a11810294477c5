using System.Collections.Concurrent;
using System.Diagnostics;

namespace HandMeshEngine.ServerLoad;

/// <summary>Ways to send requests.</summary>
internal static class Loops
{
    /// <summary>Each of some clients sends its next request when the last was answered.</summary>
    public static async Task<Sample[]> ClosedAsync(InferCall call, int clients, TimeSpan time)
    {
        var samples = new ConcurrentBag<Sample>();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(async _ =>
        {
            while (clock.Elapsed < time)
            {
                samples.Add(await call.SendAsync(CancellationToken.None).ConfigureAwait(false));
            }
        })).ConfigureAwait(false);
        return [.. samples];
    }

    /// <summary>Requests come at random times, whether those before were answered or not; their time counts from when they were due.</summary>
    public static async Task<Sample[]> OpenAsync(InferCall call, double rate, TimeSpan time, int seed)
    {
        var random = new Random(seed);
        var sent = new List<Task<Sample>>();
        long start = Stopwatch.GetTimestamp();
        for (double due = 0; due < time.TotalSeconds; due -= Math.Log(1 - random.NextDouble()) / rate)
        {
            TimeSpan wait = TimeSpan.FromSeconds(due) - Stopwatch.GetElapsedTime(start);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait).ConfigureAwait(false);
            }

            sent.Add(call.SendAsync(call.Body, call.Head, start + (long)(due * Stopwatch.Frequency), CancellationToken.None));
        }

        return await Task.WhenAll(sent).ConfigureAwait(false);
    }

    /// <summary>Requests with some bytes changed, cut off or wrongly measured.</summary>
    public static async Task<Sample[]> MutatedAsync(InferCall call, int requests, int seed)
    {
        var samples = new ConcurrentBag<Sample>();
        await Parallel.ForAsync(0, requests, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, cancellation) =>
        {
            var random = new Random((seed * 1_000_003) + i);
            byte[] body = [.. call.Body];
            for (int k = random.Next(1, 8); k > 0; k--)
            {
                body[random.Next(random.Next(3) > 0 ? call.Head : body.Length)] = (byte)random.Next(256);
            }

            byte[] sent = random.Next(4) == 0 ? body[..random.Next(1, body.Length)] : body;
            int head = random.Next(8) == 0 ? random.Next(0, 2 * call.Head) : call.Head;
            samples.Add(await call.SendAsync(sent, head, Stopwatch.GetTimestamp(), cancellation).ConfigureAwait(false));
        }).ConfigureAwait(false);
        return [.. samples];
    }
}
