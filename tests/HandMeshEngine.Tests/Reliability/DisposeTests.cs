namespace HandMeshEngine.Tests.Reliability;

public sealed class DisposeTests
{
    [Fact]
    public void Disposing_waits_for_the_running_call_and_ends_those_that_wait()
    {
        RgbImage photo = RgbImage.Load(Path.Combine(CaseFolders.Repository!, "tests", "photos", "pointing.jpg"));
        Camera camera = Camera.Guess(photo.Width, photo.Height);
        HandEstimator estimator = HandEstimator.Open(new EstimatorOptions { Device = "cpu", Variant = "lite", Threads = 1 });
        using var started = new CountdownEvent(16);
        int finished = 0;
        Thread[] callers = [.. Enumerable.Range(0, 16).Select(_ => new Thread(() =>
        {
            HandResult result = estimator.CreateResult();
            started.Signal();
            try
            {
                while (true)
                {
                    estimator.Predict(photo, camera, result);
                    Interlocked.Increment(ref finished);
                }
            }
            catch (ObjectDisposedException)
            {
                return;
            }
        }))];
        Array.ForEach(callers, caller => caller.Start());
        started.Wait(TestContext.Current.CancellationToken);
        SpinWait.SpinUntil(() => Volatile.Read(ref finished) >= 16);

        int before = Volatile.Read(ref finished);
        estimator.Dispose();
        int after = Volatile.Read(ref finished);

        Array.ForEach(callers, caller => caller.Join());
        Assert.InRange(after - before, 0, 2); // the one that ran, and one that ended between the two lines
        Assert.InRange(finished - after, 0, 1);
        estimator.Dispose();
    }
}
