namespace HandMeshEngine.Compute.Backends.Cuda.Tiles;

/// <summary>How far a tuning has come.</summary>
/// <param name="Done">Parts of the work that are done, out of <paramref name="Total"/>.</param>
/// <param name="Total">All parts.</param>
public readonly record struct TuningStep(int Done, int Total);
