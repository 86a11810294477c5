using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using HandMeshEngine;
using HandMeshEngine.Bench.Frames;
using HandMeshEngine.Images;

// Usage: frames PHOTO [--rounds N] [--threads N]
// The default system on a frame of 1920x1080 in several formats, in turn; then how many predictions a second a pool makes beside one estimator.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args.Length == 0)
{
    Console.Error.WriteLine("name a photo with a hand: frames tests/photos/pointing.jpg");
    return 2;
}

int rounds = Option("--rounds", 40), threads = Option("--threads", 1);
var frame = new FullHdFrame(RgbImage.Load(args[0]));
Camera camera = Camera.FromFieldOfView(FullHdFrame.Width, FullHdFrame.Height, 70);
Console.WriteLine(
    $"{DateTime.UtcNow:yyyy-MM-dd} {Environment.ProcessorCount} cores; {RuntimeInformation.FrameworkDescription}; {FullHdFrame.Width}x{FullHdFrame.Height}, default system");
CompareFormats();
ComparePool();
return 0;

void CompareFormats()
{
    const int perBurst = 10;
    using HandEstimator estimator = HandEstimator.Open(new EstimatorOptions { Device = "cpu", Threads = threads });
    HandResult result = estimator.CreateResult();
    var times = FullHdFrame.Formats.ToDictionary(format => format, _ => new List<double>());
    var ratios = FullHdFrame.Formats.ToDictionary(format => format, _ => new List<double>());
    long allocated = 0;
    for (int round = -5; round < rounds; round++)
    {
        var median = new Dictionary<string, double>();
        long inside = 0;
        foreach (string format in FullHdFrame.Formats)
        {
            var burst = new double[perBurst];
            long start = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < perBurst; i++)
            {
                long from = Stopwatch.GetTimestamp();
                estimator.Predict(frame.View(format), camera, result);
                burst[i] = Stopwatch.GetElapsedTime(from).TotalMilliseconds;
            }

            inside += GC.GetAllocatedBytesForCurrentThread() - start;
            Array.Sort(burst);
            median[format] = burst[perBurst / 2];
        }

        if (round >= 0)
        {
            allocated += inside;
            foreach ((string format, double value) in median)
            {
                times[format].Add(value);
                ratios[format].Add(value / median["Rgb"]);
            }
        }
    }

    Console.WriteLine($"{threads} threads, {result.Count} hands found, {rounds} rounds of {perBurst} predictions a format in turn; {allocated} bytes allocated");
    Console.WriteLine("format   ms (median)   ratio to Rgb (median, lowest, highest quartile)");
    foreach (string format in FullHdFrame.Formats)
    {
        Console.WriteLine(
            $"{format,-8} {Quantile(times[format], 0.5),11:0.000}   {Quantile(ratios[format], 0.5):0.000}  {Quantile(ratios[format], 0.25):0.000}  {Quantile(ratios[format], 0.75):0.000}");
    }
}

void ComparePool()
{
    int callers = 2 * Environment.ProcessorCount;
    using HandEstimator single = HandEstimator.Open(new EstimatorOptions { Device = "cpu" });
    using EstimatorPool pool = EstimatorPool.Open(new EstimatorOptions { Device = "cpu" });
    var one = new List<double>();
    var many = new List<double>();
    for (int round = -1; round < Math.Max(4, rounds / 4); round++)
    {
        double a = Rate(callers, () => single.Predict(frame.View("Rgb"), camera));
        double b = Rate(callers, () => pool.Predict(frame.View("Rgb"), camera));
        if (round >= 0)
        {
            one.Add(a);
            many.Add(b);
        }
    }

    double gain = Quantile([.. one.Zip(many, (a, b) => b / a)], 0.5);
    Console.WriteLine(
        $"{callers} callers: one estimator with all threads {Quantile(one, 0.5):0.0} predictions/s, a pool of {pool.Count} {Quantile(many, 0.5):0.0}; ratio {gain:0.000} (median of {one.Count} rounds in turn)");
}

// Predictions a second while the callers ask in closed loops.
static double Rate(int callers, Action predict)
{
    const double seconds = 2;
    long from = Stopwatch.GetTimestamp();
    int done = 0;
    var loops = new Thread[callers];
    for (int i = 0; i < callers; i++)
    {
        loops[i] = new Thread(() =>
        {
            while (Stopwatch.GetElapsedTime(from).TotalSeconds < seconds)
            {
                predict();
                Interlocked.Increment(ref done);
            }
        });
        loops[i].Start();
    }

    Array.ForEach(loops, loop => loop.Join());
    return done / Stopwatch.GetElapsedTime(from).TotalSeconds;
}

static double Quantile(List<double> values, double q)
{
    values.Sort();
    return values[(int)(q * (values.Count - 1))];
}

int Option(string name, int value) =>
    Array.IndexOf(args, name) is > 0 and var at && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : value;
