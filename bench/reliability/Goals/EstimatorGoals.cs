using System.Diagnostics;
using System.Globalization;

namespace HandMeshEngine.Bench.Reliability.Goals;

/// <summary>One estimator, or many, for long and by many threads.</summary>
internal static class EstimatorGoals
{
    public static IEnumerable<Goal> All =>
    [
        new("R7", "32 threads on estimators of three systems, with calls cancelled: the serial bits; disposing ends it", Concurrency),
        new("R8", "the same bits again, with 1, 2, 4, 16 threads, in other processes", Determinism),
        new("R9", "a long run does not grow", Soak),
        new("R10", "opening and disposing does not grow", Reopen),
        new("R11", "a steady prediction allocates nothing", Allocation),
    ];

    private static Outcome Concurrency(Budget budget)
    {
        int each = budget.Count(10, 2_000);
        string[] systems = ["", "mobrecon", "pixelaligned"];
        HandEstimator[] estimators = [.. systems.Select(system => Scene.Open(1, system))];
        var box = new PredictOptions { Box = new HandBox(100, 100, 200, 200), Handedness = Handedness.Right };
        PredictOptions Options(int i) => i == 0 ? PredictOptions.None : box;
        string[] serial = [.. estimators.Select((estimator, i) => Scene.Digest(estimator.Predict(Scene.Photo, Scene.Camera, Options(i))))];
        int done = 0, cancelled = 0, disposed = 0, wrong = 0;
        Thread[] threads = [.. Enumerable.Range(0, 32).Select(t => new Thread(() =>
        {
            int i = t % estimators.Length;
            var random = new Random(budget.Seed + t);
            HandResult result = estimators[i].CreateResult();
            try
            {
                for (int n = 0; n < each; n++)
                {
                    using var cancellation = new CancellationTokenSource();
                    if (random.Next(8) == 0)
                    {
                        cancellation.CancelAfter(random.Next(3));
                    }

                    try
                    {
                        estimators[i].Predict(Scene.Photo, Scene.Camera, result, Options(i), cancellation.Token);
                        Interlocked.Increment(ref done);
                        if (Scene.Digest(result) != serial[i])
                        {
                            Interlocked.Increment(ref wrong);
                        }
                    }
                    catch (OperationCanceledException)
                    {
                        Interlocked.Increment(ref cancelled);
                    }
                }
            }
            catch (ObjectDisposedException)
            {
                Interlocked.Increment(ref disposed);
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());

        // The last system's estimator goes in the middle of the work.
        SpinWait.SpinUntil(() => Volatile.Read(ref done) > 32 * each / 4);
        estimators[^1].Dispose();
        Array.ForEach(threads, thread => thread.Join());
        Array.ForEach(estimators, estimator => estimator.Dispose());
        return new Outcome(wrong == 0, $"{done} predictions, {cancelled} cancelled, {disposed} threads ended by dispose, {wrong} with other bits");
    }

    private static Outcome Determinism(Budget budget)
    {
        int times = budget.Count(20, 1_000);
        string first = Scene.Digest(1);
        int wrong = 0;
        using (HandEstimator estimator = Scene.Open())
        {
            HandResult result = estimator.CreateResult();
            for (int i = 0; i < times; i++)
            {
                estimator.Predict(Scene.Photo, Scene.Camera, result);
                wrong += Scene.Digest(result) == first ? 0 : 1;
            }
        }

        int processes = budget.Count(1, 10);
        foreach (int threads in (int[])[1, 2, 4, 16])
        {
            for (int i = 0; i < processes; i++)
            {
                wrong += InProcess(threads) == first ? 0 : 1;
            }
        }

        return new Outcome(wrong == 0, $"{times} times in one process, {4 * processes} other processes, {wrong} with other bits");
    }

    private static string InProcess(int threads)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
        {
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "reliability.dll"));
        }

        start.ArgumentList.Add("--digest");
        start.ArgumentList.Add(threads.ToString(CultureInfo.InvariantCulture));
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return output;
    }

    private static Outcome Soak(Budget budget)
    {
        TimeSpan time = budget.IsFull ? budget.Time : TimeSpan.FromSeconds(20);
        using HandEstimator estimator = Scene.Open(0);
        HandResult result = estimator.CreateResult();
        var slope = new Slope();
        int predictions = 0;
        long start = Stopwatch.GetTimestamp();
        TimeSpan warm = time / 6;
        TimeSpan next = warm;
        for (TimeSpan elapsed = TimeSpan.Zero; elapsed < time; elapsed = Stopwatch.GetElapsedTime(start))
        {
            estimator.Predict(Scene.Photo, Scene.Camera, result);
            predictions++;
            if (elapsed >= next)
            {
                slope.Add(elapsed.TotalHours, Memory.ResidentMegabytes());
                next = elapsed + (time / 60);
            }
        }

        (double perHour, double half) = slope.Fit();

        // In a short run the confidence interval is wide: the slope must not be shown to be above 1 MB an hour.
        return new Outcome(
            perHour - half < 1,
            string.Create(CultureInfo.InvariantCulture, $"{predictions} predictions in {time.TotalMinutes:0.#} min; resident memory {perHour:+0.00;-0.00} MB/h, 95 % within {half:0.00}"));
    }

    private static Outcome Reopen(Budget budget)
    {
        int times = budget.Count(20, 500);
        double tenth = 0, last = 0;
        for (int i = 0; i < times; i++)
        {
            using (HandEstimator estimator = Scene.Open())
            {
                estimator.Predict(Scene.Photo, Scene.Camera);
            }

            GC.Collect();
            GC.WaitForPendingFinalizers();
            last = Memory.ResidentMegabytes();
            tenth = i == 9 ? last : tenth;
        }

        double growth = (last / tenth) - 1;
        return new Outcome(
            growth < 0.01, string.Create(CultureInfo.InvariantCulture, $"{times} times; {tenth:0.0} MB after the 10th, {last:0.0} MB at the end ({growth:+0.00 %;-0.00 %})"));
    }

    private static Outcome Allocation(Budget budget)
    {
        int times = budget.Count(20, 2_000);
        long most = 0;
        foreach (string system in HandSystems.All.Select(system => system.Id == HandSystems.Default.Id ? "" : system.Id))
        {
            using HandEstimator estimator = Scene.Open(1, system);
            HandResult result = estimator.CreateResult();
            var known = new PredictOptions { Box = new HandBox(100, 100, 200, 200), Handedness = Handedness.Right, RootDepth = 0.5 };
            PredictOptions options = system.Length == 0 ? PredictOptions.None : known;
            estimator.Predict(Scene.Photo, Scene.Camera, result, options);
            estimator.Predict(Scene.Photo, Scene.Camera, result, options);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < times; i++)
            {
                estimator.Predict(Scene.Photo, Scene.Camera, result, options);
            }

            most = Math.Max(most, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return new Outcome(most == 0, $"{times} predictions of each of {HandSystems.All.Count} systems, {most} bytes");
    }
}
