namespace HandMeshEngine.Cli.Prediction;

/// <summary>What the user should know before reading results.</summary>
internal static class Notes
{
    public static void Print(HandEstimator estimator, CameraChoice? camera = null)
    {
        foreach (string assumed in camera?.Notes ?? [])
        {
            ErrorLine.Write($"note: {assumed}");
        }

        if (estimator.DeviceNote is { } note)
        {
            ErrorLine.Write($"note: {note}");
        }

        if (estimator.HasStandInWeights)
        {
            ErrorLine.Write("note: these are stand-in weights: timings are real, the mesh is meaningless");
        }
    }
}
