namespace HandMeshEngine.Cuda.Tests;

/// <summary>Tests that change what the whole process shares; they run alone.</summary>
[CollectionDefinition(nameof(ProcessWide), DisableParallelization = true)]
public sealed class ProcessWide;
