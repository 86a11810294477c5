using System.Diagnostics;
using System.Runtime.Intrinsics;

namespace HandMeshEngine.Compute.Backends.Cpu;

/// <summary>Measures the rate of fused multiply-adds and of copies, all threads at once.</summary>
internal static class ProcessorProbe
{
    private const int Chains = 12; // latency 4 x 2 ports, and a few more
    private const int Rounds = 400_000;
    private const int CopyBytes = 32 << 20;
    private const int Attempts = 5; // the best counts: other processes disturb some

    /// <summary>The best of several attempts.</summary>
    public static Ceilings Measure(int threads)
    {
        (Func<float> multiply, int width) = SimdLevels.Best switch
        {
            SimdLevel.Vector512 => ((Func<float>)Multiply<Simd512, Vector512<float>>, Simd512.Width),
            SimdLevel.Vector256 => (Multiply<Simd256, Vector256<float>>, Simd256.Width),
            _ => (Multiply<Simd128, Vector128<float>>, Simd128.Width),
        };
        double flops = 0, bytes = 0;
        byte[][] from = [.. Enumerable.Range(0, threads).Select(_ => new byte[CopyBytes])];
        byte[][] to = [.. Enumerable.Range(0, threads).Select(_ => new byte[CopyBytes])];
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            double seconds = Together(threads, _ => GC.KeepAlive(multiply()));
            flops = Math.Max(flops, threads * 2.0 * Rounds * Chains * width / seconds);
            seconds = Together(threads, thread => from[thread].AsSpan().CopyTo(to[thread]));
            bytes = Math.Max(bytes, threads * 2.0 * CopyBytes / seconds);
        }

        return new Ceilings(flops, bytes);
    }

    // The time of the slowest thread; all start together, warm.
    private static double Together(int threads, Action<int> work)
    {
        using var barrier = new Barrier(threads);
        double[] seconds = new double[threads];
        Thread[] team = [.. Enumerable.Range(0, threads).Select(thread => new Thread(() =>
        {
            work(thread);
            barrier.SignalAndWait();
            long start = Stopwatch.GetTimestamp();
            work(thread);
            seconds[thread] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }))];
        foreach (Thread thread in team)
        {
            thread.Start();
        }

        foreach (Thread thread in team)
        {
            thread.Join();
        }

        return seconds.Max();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Multiply<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector x = TSimd.Broadcast(0.999f), y = TSimd.Broadcast(1e-3f);
        TVector a = y, b = y, c = y, d = y, e = y, f = y, g = y, h = y, i = y, j = y, k = y, l = y;
        for (int round = 0; round < Rounds; round++)
        {
            a = TSimd.MultiplyAdd(a, x, y);
            b = TSimd.MultiplyAdd(b, x, y);
            c = TSimd.MultiplyAdd(c, x, y);
            d = TSimd.MultiplyAdd(d, x, y);
            e = TSimd.MultiplyAdd(e, x, y);
            f = TSimd.MultiplyAdd(f, x, y);
            g = TSimd.MultiplyAdd(g, x, y);
            h = TSimd.MultiplyAdd(h, x, y);
            i = TSimd.MultiplyAdd(i, x, y);
            j = TSimd.MultiplyAdd(j, x, y);
            k = TSimd.MultiplyAdd(k, x, y);
            l = TSimd.MultiplyAdd(l, x, y);
        }

        TVector sum = TSimd.Add(TSimd.Add(TSimd.Add(a, b), TSimd.Add(c, d)), TSimd.Add(TSimd.Add(e, f), TSimd.Add(g, h)));
        return TSimd.Sum(TSimd.Add(sum, TSimd.Add(TSimd.Add(i, j), TSimd.Add(k, l))));
    }
}
