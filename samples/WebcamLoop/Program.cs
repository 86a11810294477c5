// Hands from a camera: ffmpeg reads the device (V4L2 on Linux) or a video and hands over raw frames, the newest of which is tracked.
//   WebcamLoop /dev/video0       the camera, until Ctrl+C
//   WebcamLoop clip.mp4 [FRAMES] a video
//   WebcamLoop photo.jpg FRAMES  a stored picture as a camera that stands still
using System.Diagnostics;
using HandMeshEngine;
using HandMeshEngine.Compute;
using HandMeshEngine.Images;

if (args.Length == 0)
{
    Console.Error.WriteLine("usage: WebcamLoop SOURCE [FRAMES]   a device, a video or a photo");
    return 2;
}

const int width = 640, height = 480;
int most = args.Length > 1 ? int.Parse(args[1]) : int.MaxValue;
bool isPhoto = Path.GetExtension(args[0]).ToLowerInvariant() is ".jpg" or ".jpeg" or ".png";
RgbImage frame = isPhoto ? RgbImage.Load(args[0]) : new RgbImage(width, height);
using Process? ffmpeg = isPhoto ? null : Process.Start(new ProcessStartInfo(
    "ffmpeg",
    [
        "-loglevel", "error", .. args[0].StartsWith("/dev/", StringComparison.Ordinal) ? ["-f", "v4l2"] : Array.Empty<string>(), "-i", args[0],
        "-vf", $"scale={width}:{height}", "-f", "rawvideo", "-pix_fmt", "rgb24", "-",
    ])
{
    RedirectStandardOutput = true,
});

// Calibrate a real camera: a guessed focal length puts every hand too near or too far by the same factor.
Camera camera = Camera.Guess(frame.Width, frame.Height);
using var estimator = HandEstimator.Open();
HandTracker tracker = estimator.CreateTracker();
HandResult hands = tracker.CreateResult();
var clock = Stopwatch.StartNew();
int frames = 0;
for (; frames < most; frames++)
{
    if (ffmpeg is not null && !Fill(ffmpeg.StandardOutput.BaseStream, frame.Pixels))
    {
        break;
    }

    TimeSpan taken = clock.Elapsed;
    tracker.Predict(new ImageView(frame.Pixels, frame.Width, frame.Height, frame.Width * 3, PixelFormat.Rgb), camera, taken, hands);
    foreach (HandMesh hand in hands)
    {
        Console.WriteLine($"{taken.TotalSeconds:F2} s  hand {hand.Id} ({hand.Handedness}) index tip at {hand.Joints[8]:F3} m");
    }
}

Console.WriteLine($"{frames} frames");
return frames > 0 ? 0 : 1;

static bool Fill(Stream stream, Span<byte> pixels) => stream.ReadAtLeast(pixels, pixels.Length, throwOnEndOfStream: false) == pixels.Length;
