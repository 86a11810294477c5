using System.Diagnostics;
using HandMeshEngine.Compute;
using HandMeshEngine.ImageSharp;

namespace HandMeshEngine.Server.Scheduling;

/// <summary>A thread with an estimator, a decoder and a result of its own: decodes and predicts one image after the other.</summary>
internal sealed class Lane
{
    private readonly HandEstimator _estimator;
    private readonly HandResult _result;
    private readonly LaneQueue _queue;
    private readonly int _index;
    private readonly ImageDecoder _decoder;
    private readonly ImageFileDecoder _others;
    private readonly Action<TimeSpan> _served;
    private readonly Action<Exception> _failed;
    private readonly Thread _thread;

    public Lane(HandEstimator estimator, LaneQueue queue, int index, ServerLimits limits, Action<TimeSpan> served, Action<Exception> failed)
    {
        _estimator = estimator;
        _result = estimator.CreateResult();
        (_queue, _index, _served, _failed) = (queue, index, served, failed);
        _decoder = new ImageDecoder(new ImageLimits { Pixels = limits.Pixels, FileBytes = limits.BodyBytes });
        _others = new ImageFileDecoder(new ImageFileLimits { MaxPixels = limits.Pixels, MaxFileBytes = limits.BodyBytes, MaxBufferMegabytes = 128 });
        _thread = new Thread(Run) { IsBackground = true, Name = $"{estimator.System.Id} {index}" };
        _thread.Start();
    }

    /// <summary>A tracker that this lane can run.</summary>
    public Tracking Follow() => new(_index, _estimator.CreateTracker());

    /// <summary>Waits for the thread, which ends when the queue is closed and empty.</summary>
    public bool Join(TimeSpan patience) => _thread.Join(patience);

    /// <summary>Decodes and predicts; on the lane's thread.</summary>
    public PictureAnswer Predict(Picture picture, Tracking? tracking)
    {
        RgbImage? decoded = picture.IsPixels ? null : Decode(picture.Bytes);
        ImageView view = decoded is null
            ? new ImageView(picture.Bytes.Span, picture.Width, picture.Height, picture.Width * 3, PixelFormat.Rgb)
            : decoded.View;
        Camera camera = picture.CameraOf(view.Width, view.Height, decoded);
        if (tracking is null)
        {
            _estimator.Predict(view, camera, _result, picture.Options);
        }
        else
        {
            tracking.Tracker.Predict(view, camera, _result, picture.Options);
        }

        var hands = new HandMesh[_result.Count];
        for (int i = 0; i < hands.Length; i++)
        {
            hands[i] = _result[i].Clone();
        }

        return new PictureAnswer(hands, camera, view.Width, view.Height, _result.Stages.ToArray());
    }

    private RgbImage Decode(ReadOnlyMemory<byte> file) =>
        ImageFileDecoder.FormatOf(file.Span) switch
        {
            "JPEG" or "PNG" => _decoder.Decode(file.Span),
            "WebP" => _others.Decode(file),
            null when file.Length > 0 && FileKind.Of(file.Span) is null => throw new ImageException("these bytes are no JPEG, PNG or WebP picture; send one of them, or UINT8 pixels"),
            null => _decoder.Decode(file.Span),
            { } other => throw new ImageException($"this is a {other} picture; send JPEG, PNG or WebP, or UINT8 pixels"),
        };

    private void Run()
    {
        while (_queue.Take(_index) is { } job)
        {
            long start = Stopwatch.GetTimestamp();
            job.Run(this);
            _served(Stopwatch.GetElapsedTime(start));
            if (job.Answer.Exception?.InnerException is { } exception)
            {
                _failed(exception);
            }
        }
    }
}
