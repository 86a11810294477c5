using System.Diagnostics;
using HandMeshEngine.Export;

namespace HandMeshEngine.Cli.Prediction;

/// <summary>Still images, one after the other.</summary>
internal sealed class PhotoRun(HandEstimator estimator, Photos photos, CameraChoice cameras, PredictOptions known, OutputSettings settings)
{
    private readonly ResultFiles _files = new(settings);
    private readonly HandResult _result = estimator.CreateResult();
    private readonly StringWriter _report = new(CultureInfo.InvariantCulture);
    private readonly CameraNotes _notes = new();
    private int _exitCode = ExitCode.Fine;

    /// <summary>Predicts every file; a bad one does not stop the others.</summary>
    /// <returns>The worst of their exit codes.</returns>
    public int Run()
    {
        ProgressBar.ForEach("predicting", photos.Files, (file, _) => Predict(file));
        Console.Out.Write(_report.ToString());
        return _exitCode;
    }

    private void Predict(string file)
    {
        try
        {
            (RgbImage image, double decodeMs) = photos.Decode(file);
            Camera camera = cameras.Of(image, estimator);
            estimator.Predict(
                new ImageView(image.Pixels, image.Width, image.Height, image.Width * 3, PixelFormat.Rgb), camera, _result, known);
            _notes.Say(camera, _result);
            if (_result.Count == 0)
            {
                _exitCode = Math.Max(_exitCode, ExitCode.No);
                ErrorLine.Write($"{file}: no hand found{(known.Box is null ? "; give --box if there is one" : " in the box")}");
                return;
            }

            long start = Stopwatch.GetTimestamp();
            var record = new PredictionRecord(image.Width, image.Height, camera, estimator.System.Id, estimator.Device, _result);
            IReadOnlyList<string> written = _files.Write(Path.GetFileNameWithoutExtension(file), image, record);
            Report(file, image, camera, decodeMs, Stopwatch.GetElapsedTime(start).TotalMilliseconds, written);
        }
        catch (Exception exception) when (Failure.Of(exception) is { ExitCode: ExitCode.BadInput or ExitCode.BadArguments } failure)
        {
            _exitCode = Math.Max(_exitCode, failure.ExitCode);
            ErrorLine.Write($"{Named(file, failure.Sentence)}");
        }
    }

    private static string Named(string file, string sentence) =>
        sentence.Contains(file, StringComparison.Ordinal) ? sentence : $"{file}: {sentence}";

    private void Report(string file, RgbImage image, Camera camera, double decodeMs, double writeMs, IReadOnlyList<string> written)
    {
        _report.WriteLine($"{file}  {image.Width}x{image.Height}  {CameraChoice.Describe(camera)}  {estimator.System.Id} on {estimator.Device}");
        HandTable.Write(_report, _result);
        string stages = string.Join("  ", _result.Stages.ToArray().Select(stage => $"{stage.Name} {Ms(stage.Milliseconds)}"));
        _report.WriteLine($"  ms: decode {Ms(decodeMs)}  {stages}  write {Ms(writeMs)}");
        _report.WriteLine($"  wrote {string.Join(", ", written)}");
    }

    private static string Ms(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}
