using System.Diagnostics;
using System.Globalization;
using HandMeshEngine;
using HandMeshEngine.Images;
using HandMeshEngine.ServerLoad;

// dotnet run -c Release --project bench/server -- MODE ADDRESS PHOTO [NUMBER] [SECONDS]
if (args is not [string mode, string address, string file, .. string[] rest])
{
    Console.Error.WriteLine("usage: closed|open|mutate|library|model ADDRESS PHOTO [clients, requests a second, requests, estimators, or lanes] [seconds]");
    return 2;
}

const int seed = 17;
byte[] photo = File.ReadAllBytes(file);
double number = rest.Length > 0 ? double.Parse(rest[0], CultureInfo.InvariantCulture) : 1;
TimeSpan time = TimeSpan.FromSeconds(rest.Length > 1 ? double.Parse(rest[1], CultureInfo.InvariantCulture) : 10);
var call = new InferCall(new Uri(address), HandSystems.Default.Id, photo);
switch (mode)
{
    case "closed":
        await Loops.ClosedAsync(call, 2, TimeSpan.FromSeconds(1));
        Report.Write($"{number} clients", await Loops.ClosedAsync(call, (int)number, time), time.TotalSeconds);
        return 0;
    case "open":
        Report.Write($"{number} requests/s", await Loops.OpenAsync(call, number, time, seed), time.TotalSeconds);
        return 0;
    case "mutate":
        Sample[] samples = await Loops.MutatedAsync(call, (int)number, seed);
        Report.Write($"{number} mutated requests", samples, 1);
        return samples.All(sample => sample.Status is "200" or "400" or "413" or "429") ? 0 : 1;
    case "library":
        WriteLibrary((int)number);
        return 0;
    case "model":
        await CompareAsync((int)number);
        return 0;
    default:
        Console.Error.WriteLine($"'{mode}' is none of closed, open, mutate, library, model");
        return 2;
}

// The same work without a server: decode and predict, an estimator with one thread for each caller.
void WriteLibrary(int estimators)
{
    using EstimatorPool pool = EstimatorPool.Open(new EstimatorOptions { Device = "cpu", Threads = 1 }, estimators);
    long count = 0;
    var clock = Stopwatch.StartNew();
    Thread[] threads = [.. pool.Estimators.Select(estimator => new Thread(() =>
    {
        var decoder = new ImageDecoder();
        HandResult result = estimator.CreateResult();
        while (clock.Elapsed < time)
        {
            RgbImage image = decoder.Decode(photo);
            estimator.Predict(image, Camera.FromExif(image) ?? Camera.Guess(image.Width, image.Height), result);
            Interlocked.Increment(ref count);
        }
    }))];
    Array.ForEach(threads, thread => thread.Start());
    Array.ForEach(threads, thread => thread.Join());
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"library, {estimators} at once: {count / clock.Elapsed.TotalSeconds:0.0} predictions/s"));
}

// Service times with all lanes busy and no queue, then the model and the server at shares of what they allow.
async Task CompareAsync(int lanes)
{
    await Loops.ClosedAsync(call, lanes, TimeSpan.FromSeconds(2));
    Sample[] busy = await Loops.ClosedAsync(call, lanes, time);
    double[] service = [.. busy.Where(sample => sample.Status == "200").Select(sample => sample.Milliseconds)];
    double most = 1000 * lanes / service.Average();
    Report.Write($"{lanes} clients", busy, time.TotalSeconds);
    foreach (double load in new[] { 0.5, 0.7, 0.8, 0.9 })
    {
        Sample[] open = await Loops.OpenAsync(call, load * most, time, seed);
        Report.Write(string.Create(CultureInfo.InvariantCulture, $"load {load}: {load * most:0.0} requests/s"), open, time.TotalSeconds);
        Report.Percentiles("  M/G/c   ", QueueModel.Simulate(service, load * most, lanes, seed));
    }
}
