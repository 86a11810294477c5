namespace HandMeshEngine.Cuda.Compilation;

/// <summary>How far a set of programs has come.</summary>
/// <param name="Done">Programs that are ready, this one included.</param>
/// <param name="Total">All programs.</param>
/// <param name="Program">The one that has just become ready.</param>
/// <param name="WasCached">Whether it came from the cache.</param>
public readonly record struct CompileProgress(int Done, int Total, string Program, bool WasCached);
