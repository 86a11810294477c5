using HandMeshEngine.Evaluation.DataSets;

namespace HandMeshEngine.Evaluation.Predictions;

/// <summary>Predictions that were stored by this engine (JSON Lines) or by any program in a challenge's form (pred.json).</summary>
public static class PredictionSource
{
    /// <summary>Opens a file of either form; its first bytes decide. The predictions may be read several times.</summary>
    /// <exception cref="DataSetException">The file cannot be opened, or is neither.</exception>
    public static IEnumerable<HandPrediction> Open(string path, EvaluationSet set)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(set);
        int first;
        try
        {
            using FileStream stream = RegularFile.OpenRead(path);
            first = stream.ReadByte();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataSetException(path, $"the predictions cannot be opened ({error.Message.TrimEnd('.')})", error);
        }

        return first switch
        {
            '[' => ChallengeFile.Read(path, set),
            '{' => PredictionLog.Read(path),
            _ => throw new DataSetException(path, "these are no predictions: expected pred.json ([joints, vertices]) or the JSON Lines of handmesh evaluate"),
        };
    }
}
