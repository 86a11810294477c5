namespace HandMeshEngine.Cli.Tests;

/// <summary>Tests that build projects of this repository take turns: two builds would write the same folders.</summary>
internal static class OneBuild
{
    public const string Name = "builds of this repository";
}
