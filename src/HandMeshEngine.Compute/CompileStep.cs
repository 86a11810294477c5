namespace HandMeshEngine.Compute;

/// <summary>How far the kernels of a plan have come.</summary>
/// <param name="Done">Programs that are ready, this one included.</param>
/// <param name="Total">All programs of the plan.</param>
/// <param name="Program">The one that has just become ready.</param>
/// <param name="WasCached">Whether it came from the cache on disk.</param>
public readonly record struct CompileStep(int Done, int Total, string Program, bool WasCached);
