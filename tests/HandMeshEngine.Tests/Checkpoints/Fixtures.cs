namespace HandMeshEngine.Tests.Checkpoints;

/// <summary>The sound files under tests/corpora/checkpoints, written by PyTorch, numpy and scipy (make_fixtures.py).</summary>
internal static class Fixtures
{
    /// <summary>The path of a fixture.</summary>
    public static string PathOf(string name) => Path.Combine(Repository.Root, "tests", "corpora", "checkpoints", name);

    /// <summary>The bytes of a fixture.</summary>
    public static byte[] Bytes(string name) => File.ReadAllBytes(PathOf(name));
}
