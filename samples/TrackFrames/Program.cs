// A loop over frames with a tracker: one pass of the landmark network a hand and frame, ids that stay, nothing allocated.
// The frames are image files here; with a camera, wrap each of its buffers in an ImageView.
using System.Diagnostics;
using HandMeshEngine;
using HandMeshEngine.Compute;
using HandMeshEngine.Images;

if (args.Length == 0)
{
    Console.Error.WriteLine("usage: TrackFrames FRAME...   image files of one size, in order");
    return 2;
}

RgbImage frame = RgbImage.Load(args[0]);
// One camera for the whole video: a guessed focal length puts every hand too near or too far by the same factor.
Camera camera = Camera.FromExif(frame) ?? Camera.Guess(frame.Width, frame.Height);
using var estimator = HandEstimator.Open();
HandTracker tracker = estimator.CreateTracker();
HandResult hands = tracker.CreateResult();

for (int i = 0; i < args.Length; i++)
{
    frame = RgbImage.Load(args[i]);
    long start = Stopwatch.GetTimestamp();
    tracker.Predict(new ImageView(frame.Pixels, frame.Width, frame.Height, frame.Width * 3, PixelFormat.Rgb), camera, hands);
    Console.WriteLine($"frame {i}: {hands.Count} hands in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F1} ms");
    foreach (HandMesh hand in hands)
    {
        Console.WriteLine($"  hand {hand.Id} ({hand.Handedness}): wrist at {hand.Root}, index tip at {hand.Joints[8]}, placement {hand.Placement}");
    }
}

return 0;
