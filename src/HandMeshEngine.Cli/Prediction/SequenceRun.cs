using HandMeshEngine.Export;
using HandMeshEngine.ImageSharp;

namespace HandMeshEngine.Cli.Prediction;

/// <summary>Folders of frames: tracking, one JSON line a frame.</summary>
internal sealed class SequenceRun(HandEstimator estimator, CameraChoice cameras, OutputSettings settings)
{
    private readonly ImageFileDecoder _decoder = new();
    private readonly ResultFiles _files = new(settings);
    private readonly CameraNotes _notes = new();

    /// <summary>Runs all videos.</summary>
    /// <returns>1 if none of them shows a hand.</returns>
    public int Run(IReadOnlyList<Video> videos)
    {
        bool any = false;
        foreach (Video video in videos)
        {
            any |= Run(video);
        }

        return any ? ExitCode.Fine : ExitCode.No;
    }

    private bool Run(Video video)
    {
        HandTracker tracker = estimator.CreateTracker();
        HandResult result = tracker.CreateResult();
        using var lines = new MemoryStream();
        int withHands = 0;
        ProgressBar.ForEach(video.Name, video.Frames, (file, frame) =>
        {
            RgbImage image = _decoder.Load(file);
            Camera camera = cameras.Of(image, estimator);
            tracker.Predict(new ImageView(image.Pixels, image.Width, image.Height, image.Width * 3, PixelFormat.Rgb), camera, result);
            _notes.Say(camera, result);
            withHands += result.Count > 0 ? 1 : 0;
            var record = new PredictionRecord(image.Width, image.Height, camera, estimator.System.Id, estimator.Device, result);
            HandsJson.WriteLine(lines, record, frame, Path.GetFileName(file));
            if (settings.Overlay)
            {
                string name = string.Create(CultureInfo.InvariantCulture, $"{video.Name}.{Path.GetFileNameWithoutExtension(file)}.overlay.png");
                _files.WriteOverlay(Path.Combine(settings.Folder, name), image, result);
            }
        });

        string path = settings.PathOf(video.Name, ".jsonl");
        HandsJson.SaveLines(path, lines);
        Console.WriteLine($"{video.Name}: {video.Frames.Count} frames, hands in {withHands}; wrote {path}");
        if (withHands == 0)
        {
            ErrorLine.Write($"{video.Name}: no hand found in any frame");
        }

        return withHands > 0;
    }
}
