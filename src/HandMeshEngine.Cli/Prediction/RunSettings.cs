namespace HandMeshEngine.Cli.Prediction;

/// <summary>What a run knows of all pictures.</summary>
/// <param name="Cameras">How a picture comes by its camera.</param>
/// <param name="Known">What is known of the hands.</param>
/// <param name="Tracking">How the hands of a video are followed.</param>
/// <param name="Output">What is written.</param>
/// <param name="Identity">What tells results of other options or weights apart.</param>
internal sealed record RunSettings(CameraChoice Cameras, PredictOptions Known, TrackerOptions Tracking, OutputSettings Output, Task<string> Identity);
