using System.Diagnostics;
using HandMeshEngine.Compute.Graph;
using HandMeshEngine.Compute.Tensors;

namespace HandMeshEngine.Cli.Benchmarking;

/// <summary>Results a second where latency does not count.</summary>
internal static class Throughput
{
    /// <summary>Several estimators at once, each in a closed loop on a thread of its own: predictions a second.</summary>
    public static double OfStreams(EstimatorOptions options, BenchScene scene, int streams, TimeSpan duration)
    {
        HandEstimator[] estimators = [.. Enumerable.Range(0, streams).Select(_ => HandEstimator.Open(options))];
        try
        {
            using var barrier = new Barrier(streams);
            long total = 0;
            Thread[] threads = [.. estimators.Select(estimator => new Thread(() =>
            {
                HandResult result = estimator.CreateResult();
                for (int i = 0; i < 3; i++)
                {
                    scene.Predict(estimator, result, i);
                }

                barrier.SignalAndWait();
                long start = Stopwatch.GetTimestamp();
                int runs = 0;
                while (Stopwatch.GetElapsedTime(start) < duration)
                {
                    scene.Predict(estimator, result, runs++);
                }

                Interlocked.Add(ref total, runs);
            }))];
            foreach (Thread thread in threads)
            {
                thread.Start();
            }

            foreach (Thread thread in threads)
            {
                thread.Join();
            }

            return total / duration.TotalSeconds;
        }
        finally
        {
            foreach (HandEstimator estimator in estimators)
            {
                estimator.Dispose();
            }
        }
    }

    /// <summary>The mesh network alone with several hands of one image in one run: hands a second.</summary>
    public static double OfBatch(EstimatorOptions options, BenchScene scene, int hands, TimeSpan duration)
    {
        (Backend backend, _) = Devices.Choose(options.Device, options.Threads);
        using (backend)
        {
            OpGraph graph = HandNetworks.Build(options, hands)[^1].Value;
            Precision precision = options.Precision ?? (backend.Name == "cuda" ? Precision.Float16 : Precision.Float32);
            using Session session = backend.Open(graph, new SessionOptions { Precision = precision });
            Fill(session, scene.Size);
            Samples samples = ClosedLoop.Measure(run => session.Run(scene.Frame(run)), duration);
            return hands * 1000 / samples.Percentile(50);
        }
    }

    // Matrices that look at the whole image; anything else is 1: what is computed does not matter here.
    private static void Fill(Session session, (int Width, int Height) image)
    {
        foreach ((string name, int id) in session.Graph.Inputs)
        {
            TensorType type = session.Graph.Nodes[id].Type;
            if (type.Type == DType.Float64)
            {
                Span<double> values = session.Input<double>(name);
                values.Fill(1);
                for (int i = 0; i + 9 <= values.Length && type.Shape[-1] == 3; i += 9)
                {
                    double scale = Math.Min(image.Width, image.Height) / 256.0;
                    ReadOnlySpan<double> matrix = [scale, 0, 0, 0, scale, 0, 0, 0, 1];
                    matrix.CopyTo(values[i..]);
                }
            }
            else if (type.Type == DType.Float32)
            {
                session.Input<float>(name).Fill(1);
            }
        }
    }
}
