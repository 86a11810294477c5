using System.Globalization;
using System.Runtime.InteropServices;
using HandMeshEngine.Cases.Ops;
using HandMeshEngine.Compute;
using HandMeshEngine.Cuda;

namespace GpuKit;

/// <summary>Runs the same ops over and over on two threads, each with a backend of its own: every run must give the same bits.</summary>
internal static class SoakCheck
{
    private const int Threads = 2;

    // Split products, chains, a side stream, a warp of an image.
    private static readonly string[] _cases =
        ["conv2d 64->128 14x15 k3 s2 p1", "bottleneck with a shared border", "branches side by side", "warp bilinear replicate 1", "spiralconv 98x259->256"];

    /// <summary>Usage: soak [--runs N]. N runs of each case on each thread, 10,000 unless said otherwise. Exit code 1 if a run differs.</summary>
    public static int Run(string[] args)
    {
        int runs = Array.IndexOf(args, "--runs") is >= 0 and var at && at + 1 < args.Length
            ? int.Parse(args[at + 1], CultureInfo.InvariantCulture)
            : 10_000;
        try
        {
            int[] differing = new int[Threads];
            Task[] threads = [.. Enumerable.Range(0, Threads).Select(i => Task.Run(() => differing[i] = Soak(runs)))];
            Task.WaitAll(threads);
            Console.WriteLine($"soak: {Threads} threads, {_cases.Length} cases, {runs} runs of each, {differing.Sum()} differ from the first");
            return differing.Sum() == 0 ? 0 : 1;
        }
        catch (AggregateException exception) when (exception.InnerException is CudaException cause)
        {
            Console.Error.WriteLine($"kit: {cause.Message}");
            return 4;
        }
    }

    private static int Soak(int runs)
    {
        using Backend backend = Devices.Open("cuda");
        int differing = 0;
        foreach (string name in _cases)
        {
            OpScene scene = OpCases.Named(name).Make();
            using Session session = scene.Open(backend, new SessionOptions { Precision = Precision.Float16 });
            byte[]? first = null;
            for (int run = 0; run < runs; run++)
            {
                scene.Run(session);
                byte[] now = [.. session.Graph.Outputs.Keys.Order(StringComparer.Ordinal)
                    .SelectMany(output => MemoryMarshal.AsBytes(session.Output(output)).ToArray())];
                first ??= now;
                differing += now.AsSpan().SequenceEqual(first) ? 0 : 1;
            }
        }

        return differing;
    }
}
