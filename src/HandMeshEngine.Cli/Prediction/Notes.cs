namespace HandMeshEngine.Cli.Prediction;

/// <summary>What the user should know before reading results.</summary>
internal static class Notes
{
    public static void Print(HandEstimator estimator)
    {
        if (estimator.DeviceNote is { } note)
        {
            Console.Error.WriteLine($"handmesh: note: {note}");
        }

        if (estimator.HasStandInWeights)
        {
            Console.Error.WriteLine("handmesh: note: these are stand-in weights: timings are real, the mesh is meaningless");
        }
    }
}
