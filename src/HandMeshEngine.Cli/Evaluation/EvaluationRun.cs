using HandMeshEngine.Evaluation.DataSets;
using HandMeshEngine.Evaluation.Predictions;

namespace HandMeshEngine.Cli.Evaluation;

/// <summary>Predicts a set into its log; goes on where an earlier run of the same set, system and weights stopped.</summary>
internal sealed class EvaluationRun(EvaluationSet set, EstimatorOptions options, string split, string log, int jobs)
{
    /// <summary>Predicts what the log lacks.</summary>
    /// <returns>What identifies the run.</returns>
    public IReadOnlyList<KeyValuePair<string, string>> Predict(int images)
    {
        string weights = WeightsIdentity.Of(options);
        string system = string.Join(' ', new[] { options.System, options.Variant, options.Precision?.ToString(), options.VirtualCamera ? "virtual-camera" : null }.Where(s => s is not null));
        string header = PredictionLog.Header($"{set.Kind} {split} {images}", system, weights);
        long whole = PredictionLog.WholeBytes(log, header, out int done);
        string device = "none: every image was predicted before";
        if (done < images)
        {
            device = PredictFrom(header, whole, done, images);
        }

        return
        [
            new("system", system), new("weights", weights), new("device", device), new("split", split),
            new("threads", jobs.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ];
    }

    private string PredictFrom(string header, long whole, int done, int images)
    {
        // Each thread has an estimator of its own with one thread on the CPU, so that no answer depends on how many there are.
        var estimators = new List<HandEstimator>();
        try
        {
            for (int i = 0; i < jobs; i++)
            {
                estimators.Add(HandEstimator.Open(options with { Threads = options.Threads == 0 && jobs > 1 ? 1 : options.Threads }));
            }

            using var stream = new FileStream(log, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
            stream.SetLength(whole);
            stream.Seek(0, SeekOrigin.End);
            using var text = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\n", AutoFlush = true };
            if (whole == 0)
            {
                text.WriteLine(header);
            }

            if (done > 0)
            {
                Console.Error.WriteLine($"{done} of {images} images were predicted before");
            }

            ProgressBar.Run("predicting", progress =>
            {
                int count = done;
                SetPrediction[] workers = [.. estimators.Select(estimator => new SetPrediction(estimator))];
                OrderedRun.Run(set.Read().Skip(done), [.. workers.Select(worker => (Func<EvaluationImage, HandPrediction>)worker.Predict)], prediction =>
                {
                    text.WriteLine(PredictionLog.Line(prediction));
                    progress((double)++count / images);
                });
                if (workers.FirstOrDefault(worker => worker.Faces.Length > 0) is { } knows)
                {
                    FacesFile.Write(Path.GetDirectoryName(Path.GetFullPath(log))!, knows.Faces);
                }
            });
            return estimators[0].DeviceDescription;
        }
        finally
        {
            estimators.ForEach(estimator => estimator.Dispose());
        }
    }
}
