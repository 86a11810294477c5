namespace HandMeshEngine.Server.Scheduling;

/// <summary>The hands of one image, copied out of the estimator's result.</summary>
/// <param name="Hands">Best detection first.</param>
/// <param name="Camera">The camera that was used.</param>
/// <param name="Width">Of the upright image, pixels.</param>
/// <param name="Height">Of the upright image, pixels.</param>
/// <param name="Stages">Where the time went.</param>
internal sealed record PictureAnswer(HandMesh[] Hands, Camera Camera, int Width, int Height, StageTime[] Stages)
{
    /// <summary>From the request's arrival in the queue to its turn.</summary>
    public TimeSpan Waited { get; init; }

    /// <summary>Decoding and predicting.</summary>
    public TimeSpan Ran { get; init; }
}
