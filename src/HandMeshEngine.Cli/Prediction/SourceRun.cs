using System.Diagnostics;
using HandMeshEngine.Cli.Prediction.Inputs;
using HandMeshEngine.Cli.Prediction.Video;
using HandMeshEngine.Export;

namespace HandMeshEngine.Cli.Prediction;

/// <summary>The pictures of one source: predicted, and written as they come.</summary>
internal sealed class SourceRun : IDisposable
{
    private const int MostSentences = 8;
    private const string ClipFormat = "glb";

    // Where time stamps stand still.
    private const double LeastStep = 0.001;

    private readonly HandEstimator _estimator;
    private readonly RunSettings _settings;
    private readonly OutputSettings _output;
    private readonly PictureLoader _loader;
    private readonly CameraNotes _notes;
    private readonly Source _source;
    private readonly Complaints _complaints;
    private readonly ResultFiles _files;
    private readonly HandTracker? _tracker;
    private readonly HandResult _result;
    private readonly MemoryStream _line = new();
    private readonly string _run;
    private readonly bool _withMeshes;
    private readonly bool _withOverlay;
    private readonly HandClip? _clip;
    private LineFile? _lines;
    private OverlayVideo? _video;
    private int _seen;
    private int _withHands;
    private int _problems;
    private int _there;
    private double _clipSeconds;

    public SourceRun(HandEstimator estimator, RunSettings settings, PictureLoader loader, CameraNotes notes, Source source)
    {
        (_estimator, _settings, _output, _loader, _notes, _source) = (estimator, settings, settings.Output, loader, notes, source);
        if (source.IsVideo && _output is { Folder: not null, AreFormatsGiven: true } && _output.Formats.Contains(ClipFormat))
        {
            // One animated file instead of one a frame.
            _clip = new HandClip();
            _output = _output with { Formats = [.. _output.Formats.Where(format => format != ClipFormat)] };
        }

        _complaints = new Complaints(source.HasLines ? MostSentences : int.MaxValue);
        _files = new ResultFiles(_output, Failed);
        _tracker = source.IsVideo ? estimator.CreateTracker(settings.Tracking) : null;
        _result = estimator.CreateResult();
        _run = settings.Identity.GetAwaiter().GetResult();
        _withMeshes = _output.Folder is not null && _output.Formats.Count > 0 && (!source.HasLines || _output.AreFormatsGiven);
        _withOverlay = _output.Folder is not null && (_output.Overlay ?? source.IsDrawnUnasked);
    }

    /// <summary>One of <see cref="ExitCode"/>.</summary>
    public int Code { get; private set; }

    /// <summary>Any picture shows a hand.</summary>
    public bool HasHands => _withHands > 0;

    /// <summary>Works through the source, or until the first signal, and reports.</summary>
    public void Run()
    {
        try
        {
            OpenOutputs();
            if (_lines is not { } lines || lines.Kept == 0 || lines.Kept != _source.CountExactly() || _source.CanRevisit || _clip is not null)
            {
                RunAll();
            }
            else
            {
                _seen = _there = lines.Kept;
                CountKept();
            }
        }
        catch (Exception exception) when (Failure.Of(exception) is { } failure && exception is not OperationCanceledException)
        {
            Code = Math.Max(Code, failure.ExitCode);
            ErrorLine.Write(failure.Sentence);
        }

        Report();
    }

    public void Dispose()
    {
        _lines?.Dispose();
        _video?.Dispose();
        _line.Dispose();
    }

    private void RunAll()
    {
        using var progress = new ProgressLine(_source.Name, _source.IsVideo ? "frames" : "pictures", _source.Count);
        var waiting = new List<SourceFrame>();
        foreach (SourceFrame frame in _source.Read(_loader))
        {
            if (Interrupt.Token.IsCancellationRequested)
            {
                return;
            }

            bool isThere = _lines?.Has(frame) ?? (_output.Resume && _withMeshes && _files.AreCurrent(frame.File, frame.Name, _run));
            _seen++;
            _there += isThere ? 1 : 0;
            if (isThere && _tracker is not null && _source.CanRevisit && _clip is null)
            {
                waiting.Add(frame);
            }
            else if (!isThere || _tracker is not null)
            {
                FollowAgain(waiting);
                Predict(frame, isThere);
            }

            progress.Step();
        }

        _lines?.Drop();
        if (_tracker is null || waiting.Count > 0)
        {
            CountKept();
        }
    }

    private void CountKept()
    {
        (int hands, int problems) = _lines?.KeptFacts ?? default;
        _withHands += hands;
        _problems += problems;
        Code = problems > 0 ? Math.Max(Code, ExitCode.BadInput) : Code;
    }

    // The hands of a video carry ids and sizes from frame to frame: those before the first missing line are followed once more.
    private void FollowAgain(List<SourceFrame> frames)
    {
        if (_tracker is not null)
        {
            frames.ForEach(frame => Predict(frame, isThere: true));
            frames.Clear();
        }
    }

    private void OpenOutputs()
    {
        if (_source.HasLines && _output.Folder is not null)
        {
            try
            {
                _lines = new LineFile(_output.PathOf(_source.Name, ".jsonl"), _run, _output.Resume, _source.Changed);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Failed(exception);
            }
        }

        if (_output.OverlayVideo is { } path)
        {
            _video = new OverlayVideo(path, _source.Rate);
        }
    }

    private void Predict(SourceFrame frame, bool isThere)
    {
        RgbImage? image = null;
        try
        {
            long start = Stopwatch.GetTimestamp();
            image = frame.Load();
            double decodeMs = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            Camera camera = frame.Camera?.Invoke(image.Width, image.Height) ?? _settings.Cameras.Of(image, _estimator, _loader.Orientation);
            PredictOptions known = frame.Known ?? _settings.Known;
            if (_tracker is null)
            {
                _estimator.Predict(image.View, camera, _result, known);
            }
            else
            {
                Follow(_tracker, frame, image, camera, known);
            }

            _notes.Say(camera, _result);
            _withHands += _result.Count > 0 ? 1 : 0;
            foreach (string note in image.Info.Notes)
            {
                _complaints.Say($"note: {frame.File}: {note}");
            }

            AddToClip(frame, _result);
            Write(frame, image, camera, decodeMs, isThere);
        }
        catch (Exception exception) when (Failure.Of(exception) is { ExitCode: ExitCode.BadInput or ExitCode.BadArguments } failure)
        {
            _problems++;
            Code = Math.Max(Code, failure.ExitCode);
            string sentence = Named(frame, failure.Sentence);
            AddToClip(frame, []);
            _complaints.Say(sentence);
            WriteLine(isThere, () => HandsJson.WriteProblem(_line, frame.Index, frame.File, frame.Seconds, sentence, _run));
            if (_video is { } video && image is null)
            {
                video.Repeat();
            }
        }
    }

    private void AddToClip(SourceFrame frame, IReadOnlyList<HandMesh> hands)
    {
        if (_clip is { } clip)
        {
            double seconds = frame.Seconds ?? ((double)frame.Index * _source.Rate.Denominator / _source.Rate.Numerator);
            _clipSeconds = clip.FrameCount == 0 ? seconds : Math.Max(seconds, _clipSeconds + LeastStep);
            clip.Add(_clipSeconds, hands);
        }
    }

    private string SaveClip()
    {
        if (_clip is not { IsEmpty: false } clip)
        {
            return string.Empty;
        }

        string path = _output.PathOf(_source.Name, ".glb");
        try
        {
            clip.Save(path);
            return $", {path}";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            Failed(exception);
            return string.Empty;
        }
    }

    // By the video's own times where they rise; a stream that was cut may jump back.
    private void Follow(HandTracker tracker, SourceFrame frame, RgbImage image, Camera camera, PredictOptions known)
    {
        if (frame.Seconds is { } seconds && TimeSpan.FromSeconds(seconds) is var time && !(time <= tracker.Time))
        {
            tracker.Predict(image.View, camera, time, _result, known);
        }
        else
        {
            tracker.Predict(image.View, camera, _result, known);
        }
    }

    private void Write(SourceFrame frame, RgbImage image, Camera camera, double decodeMs, bool isThere)
    {
        long start = Stopwatch.GetTimestamp();
        var record = new PredictionRecord(image.Width, image.Height, camera, _estimator.System.Id, _estimator.Device, _result)
        {
            Notes = image.Info.Notes,
            Run = _run,
            WithVertices = _output.WithVertices,
            WithRotations = _output.WithRotations,
        };
        WriteLine(isThere, () => HandsJson.WriteLine(_line, record, frame.Index, frame.File, frame.Seconds));
        _video?.Add(image, _result);
        if (!_source.HasLines && _result.Count == 0)
        {
            Code = Math.Max(Code, ExitCode.No);
            bool hasBox = (frame.Known ?? _settings.Known).Box is not null;
            ErrorLine.Write($"{frame.File}: no hand found{(hasBox ? " in the box" : "; give --box if there is one")}");
            return;
        }

        if (isThere && !_source.HasLines)
        {
            return;
        }

        IReadOnlyList<string> written = _withMeshes || _withOverlay ? _files.Write(frame.Name, image, record, _withMeshes && !isThere, _withOverlay && !isThere) : [];
        if (!_source.HasLines && !_output.Json)
        {
            PhotoReport.Write(Console.Out, frame.File, image, record, _result, decodeMs, Stopwatch.GetElapsedTime(start).TotalMilliseconds, written);
        }
    }

    // On the disk and on standard output before the next picture.
    private void WriteLine(bool isThere, Action write)
    {
        if (isThere || (_lines is null && !_output.Json))
        {
            return;
        }

        _line.SetLength(0);
        write();
        ReadOnlySpan<byte> line = _line.GetBuffer().AsSpan(0, (int)_line.Length);
        if (_output.Json)
        {
            Console.Out.Write(Encoding.UTF8.GetString(line));
            Console.Out.Flush();
        }

        try
        {
            _lines?.Write(line);
        }
        catch (IOException exception)
        {
            Failed(exception);
            _lines?.Dispose();
            _lines = null;
        }
    }

    private void Failed(Exception exception)
    {
        Failure failure = Failure.Of(exception)!;
        Code = Math.Max(Code, failure.ExitCode);
        _complaints.Say(failure.Sentence);
    }

    private void Report()
    {
        _complaints.Close(_lines is null ? string.Empty : $"; {_lines.Path} names all");
        if (_source.HasLines && _withHands == 0 && _seen > 0)
        {
            ErrorLine.Write($"{_source.Name}: no hand found in any {(_source.IsVideo ? "frame" : "picture")}");
        }

        string problems = _problems > 0 ? $", {_problems} could not be read" : string.Empty;
        string there = _there > 0 ? $", {_there} of them were there" : string.Empty;
        string stopped = Interrupt.Token.IsCancellationRequested
            ? $"; interrupted{(_source.Count is { } all ? $" before {all - _seen} more" : string.Empty)}, --resume goes on" : string.Empty;
        if (_source.HasLines)
        {
            string clip = SaveClip();
            string wrote = _lines is null ? clip.Length > 0 ? $"; wrote {clip[2..]}" : string.Empty : $"; wrote {_lines.Path}{clip}";
            Say($"{_source.Name}: {_seen} {(_source.IsVideo ? "frames" : "pictures")}, hands in {_withHands}{problems}{there}{wrote}{stopped}");
            _video?.Finish(Say, Failed);
        }
        else if (_source.Count > 1)
        {
            Say($"{_seen} photos, hands in {_withHands}{problems}{there}{stopped}");
        }
    }

    private void Say(string sentence)
    {
        if (_output.Json)
        {
            ErrorLine.Write(sentence);
        }
        else
        {
            ProgressLine.Clear();
            Console.WriteLine(sentence);
        }
    }

    private static string Named(SourceFrame frame, string sentence) =>
        sentence.Contains(frame.File, StringComparison.Ordinal) ? sentence
        : frame.Path is not null ? $"{frame.File}: {sentence}"
        : string.Create(CultureInfo.InvariantCulture, $"{frame.File}, frame {frame.Index}: {sentence}");
}
