// Where the time of a prediction goes: stages of the whole, then the slowest steps of each network.
using System.Diagnostics;
using HandMeshEngine;
using HandMeshEngine.Compute;
using HandMeshEngine.Images;

if (args is not [string file, ..])
{
    Console.Error.WriteLine("usage: StageTimes PHOTO [RUNS]");
    return 2;
}

int runs = args.Length > 1 ? int.Parse(args[1]) : 100;
RgbImage photo = RgbImage.Load(file);
Camera camera = Camera.Guess(photo.Width, photo.Height);
// Measuring reads a clock around every step, so the whole takes a little longer than without.
using var estimator = HandEstimator.Open(new EstimatorOptions { Profile = true });
HandResult hands = estimator.CreateResult();
var whole = new double[runs];
var stages = new Dictionary<string, double>();
for (int run = -10; run < runs; run++)
{
    long start = Stopwatch.GetTimestamp();
    estimator.Predict(new ImageView(photo.Pixels, photo.Width, photo.Height, photo.Width * 3, PixelFormat.Rgb), camera, hands);
    if (run >= 0)
    {
        whole[run] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        foreach (StageTime stage in hands.Stages)
        {
            stages[stage.Name] = stages.GetValueOrDefault(stage.Name) + (stage.Milliseconds / runs);
        }
    }
}

Array.Sort(whole);
Console.WriteLine($"{estimator.System.Id} on {estimator.DeviceDescription}: p50 {whole[runs / 2]:F2} ms, p99 {whole[runs * 99 / 100]:F2} ms of {runs} runs");
foreach ((string name, double milliseconds) in stages)
{
    Console.WriteLine($"  {name,-12} {milliseconds:F2} ms");
}

foreach ((string network, Session session) in estimator.Sessions)
{
    if (session.Profile is { } profile)
    {
        Console.WriteLine($"slowest steps of {network}:");
        foreach (int step in Enumerable.Range(0, profile.Steps.Count).OrderByDescending(profile.Microseconds).Take(5))
        {
            Console.WriteLine($"  {profile.Microseconds(step),8:F1} us  {profile.Steps[step].Stage}: {profile.Steps[step].Kernel}");
        }
    }
}

return 0;
