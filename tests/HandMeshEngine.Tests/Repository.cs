namespace HandMeshEngine.Tests;

/// <summary>The checkout that the tests run in, for files that are committed but not copied beside the tests.</summary>
internal static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root => CaseFolders.Repository ?? throw new InvalidOperationException("the tests do not run inside a checkout");
}
