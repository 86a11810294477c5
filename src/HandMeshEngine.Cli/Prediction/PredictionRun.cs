using HandMeshEngine.Cli.Prediction.Inputs;

namespace HandMeshEngine.Cli.Prediction;

/// <summary>All sources of a command, one after the other; nothing that is wrong with one stops the others.</summary>
internal sealed class PredictionRun(HandEstimator estimator, RunSettings settings, PictureLoader loader)
{
    /// <summary>Runs them.</summary>
    /// <returns>The worst of what happened, or the signal's code.</returns>
    public int Run(IReadOnlyList<Source> sources)
    {
        int worst = ExitCode.Fine;
        bool anyVideo = false, anyInVideos = false;
        var notes = new CameraNotes();
        foreach (Source source in sources)
        {
            if (Interrupt.Token.IsCancellationRequested)
            {
                break;
            }

            using var work = new SourceRun(estimator, settings, loader, notes, source);
            work.Run();
            worst = Math.Max(worst, work.Code);
            anyVideo |= source.HasLines;
            anyInVideos |= source.HasLines && work.HasHands;
        }

        if (Interrupt.Token.IsCancellationRequested)
        {
            return Interrupt.Code;
        }

        return anyVideo && !anyInVideos ? Math.Max(worst, ExitCode.No) : worst;
    }
}
