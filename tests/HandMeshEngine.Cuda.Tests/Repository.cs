namespace HandMeshEngine.Cuda.Tests;

/// <summary>The repository the tests were built in.</summary>
internal static class Repository
{
    /// <summary>Its root folder.</summary>
    public static string Root { get; } = RepositoryFolder.Require();
}
