// Depth, mask and part buffers on the CPU: milliseconds of the thread's processor time, which other programs do not lengthen.
//   dotnet run -c Release --project bench/buffers -- PHOTO [WIDTH HEIGHT]
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using HandMeshEngine;
using HandMeshEngine.Compute;
using HandMeshEngine.Images;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
RgbImage photo = RgbImage.Load(args[0]);
int width = args.Length > 2 ? int.Parse(args[1]) : 640, height = args.Length > 2 ? int.Parse(args[2]) : 480;
using var estimator = HandEstimator.Open(new EstimatorOptions { Device = "cpu" });
HandResult hands = estimator.Predict(photo.View, Camera.Guess(photo.Width, photo.Height));
var rasterizer = new HandRasterizer();
float[] depth = new float[width * height];
byte[] mask = new byte[width * height], parts = new byte[width * height];
double f = 0.8 * Math.Max(width, height), cx = (width - 1) / 2.0, cy = (height - 1) / 2.0;
Camera pinhole = new(f, f, cx, cy, width, height);
var cameras = new (string Name, Camera Camera)[]
{
    ("pinhole", pinhole),
    ("Brown-Conrady", pinhole.WithLens(Lens.BrownConrady(0.1, -0.05, 0.001, -0.001, 0.01), allowPartial: true)),
    ("fisheye", new Camera(f / 2.5, f / 2.5, cx, cy, width, height).WithLens(Lens.Fisheye(0.03, -0.005, 0.001, 0))),
};
HandMesh hand = hands[0];
System.Numerics.Vector3 middle = hand.Joints[9];
Console.WriteLine($"{width}x{height}, {hand.Vertices.Length} vertices, {hand.Faces.Length / 3} faces; ms of thread time, median and least of 200");
foreach (double distance in new[] { 0.5, 0.25 })
{
    // The hand of the photo, turned nowhere, at a distance.
    System.Numerics.Vector3[] vertices = [.. hand.Vertices.ToArray().Select(v => v - middle + new System.Numerics.Vector3(0, 0, (float)distance))];
    byte[] labels = new byte[hand.Faces.Length / 3];
    rasterizer.Parts(hand, labels);
    foreach ((string name, Camera camera) in cameras)
    {
        double first = Milliseconds(() => rasterizer.Draw(vertices, hand.Faces, labels, camera, new HandBuffers(width, height) { Mask = mask }));
        (string What, Action Draw)[] kinds =
        [
            ("depth, mask, parts", () => rasterizer.Draw(vertices, hand.Faces, labels, camera, new HandBuffers(width, height) { Depth = depth, Mask = mask, Parts = parts })),
            ("mask", () => rasterizer.Draw(vertices, hand.Faces, labels, camera, new HandBuffers(width, height) { Mask = mask })),
        ];
        foreach ((string what, Action draw) in kinds)
        {
            double[] times = [.. Enumerable.Range(0, 1200).Select(_ => Milliseconds(draw)).Skip(1000).Order()];
            Console.WriteLine($"{distance,5:0.00} m  {name,-14} {what,-19} {times[100]:0.000} {times[0]:0.000}  covers {mask.Count(v => v != 0)} pixels; first call {first:0.0}");
        }
    }
}

static double Milliseconds(Action action)
{
    double start = ThreadTime.Seconds;
    action();
    return 1000 * (ThreadTime.Seconds - start);
}

internal static partial class ThreadTime
{
    private const int Thread = 3; // CLOCK_THREAD_CPUTIME_ID

    public static double Seconds
    {
        get
        {
            if (!OperatingSystem.IsLinux())
            {
                return Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;
            }

            _ = ClockGetTime(Thread, out TimeSpec time);
            return time.Seconds + (1e-9 * time.Nanoseconds);
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out TimeSpec time);

    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
