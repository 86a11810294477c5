// Frames of a video as an animated GLB file: a skeleton of WebXR's joints and a skin, which three.js, Blender and game engines play.
using HandMeshEngine;
using HandMeshEngine.Export;
using HandMeshEngine.Images;

if (args.Length < 2)
{
    Console.Error.WriteLine("usage: AvatarClip OUT.glb FRAME...   image files of one video, in order");
    return 2;
}

const double framesPerSecond = 10;
using var estimator = HandEstimator.Open();
HandTracker tracker = estimator.CreateTracker(new TrackerOptions { FrameRate = framesPerSecond });
HandResult hands = tracker.CreateResult();
var clip = new HandClip();
for (int i = 1; i < args.Length; i++)
{
    RgbImage frame = RgbImage.Load(args[i]);
    tracker.Predict(frame, Camera.FromExif(frame) ?? Camera.Guess(frame.Width, frame.Height), hands);
    clip.Add(i / framesPerSecond, hands);
}

if (clip.IsEmpty)
{
    Console.Error.WriteLine("no hand in any frame");
    return 1;
}

clip.Save(args[0]);
Console.WriteLine($"{clip.FrameCount} frames in {args[0]}");
return 0;
