namespace HandMeshEngine.Compute.Backends.Cuda.Tiles;

/// <summary>What a tuning found.</summary>
/// <param name="Shapes">Distinct matrix products of the plan.</param>
/// <param name="Changed">Those for which another tile than that of the rule was fastest.</param>
/// <param name="MicrosecondsBefore">Sum of the medians of all products with the rule's tiles.</param>
/// <param name="MicrosecondsAfter">The same with the fastest tiles.</param>
/// <param name="File">Where the choice is stored.</param>
public sealed record TuningResult(int Shapes, int Changed, double MicrosecondsBefore, double MicrosecondsAfter, string File);
