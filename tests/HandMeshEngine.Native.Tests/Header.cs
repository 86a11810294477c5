using System.Security.Cryptography;
using System.Text;

namespace HandMeshEngine.Native.Tests;

/// <summary>The header without its comments.</summary>
internal static partial class Header
{
    /// <summary>Where it is.</summary>
    public static string Path { get; } = System.IO.Path.Combine(Workspace.Repository, "include", "handmesh.h");

    /// <summary>Its declarations, blanks folded.</summary>
    public static string Declarations { get; } = Blanks().Replace(Comments().Replace(File.ReadAllText(Path), " "), " ").Trim();

    /// <summary>What a change of the declarations changes.</summary>
    public static string Digest { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Declarations)))[..16];

    /// <summary>Functions by name, with their parameters as written.</summary>
    public static IReadOnlyDictionary<string, string[]> Functions { get; } = Function().Matches(Declarations).ToDictionary(
        match => match.Groups[1].Value,
        match => match.Groups[2].Value.Trim() is "void" ? [] : match.Groups[2].Value.Split(',', StringSplitOptions.TrimEntries));

    /// <summary>The constants of every enumeration, and what is defined as a number; without the prefix that all have.</summary>
    public static IReadOnlyDictionary<string, int> Constants { get; } = Constant().Matches(Declarations).ToDictionary(
        match => match.Groups[1].Value, match => int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"HANDMESH_API [a-z0-9_ *]*?\*?(handmesh_\w+)\(([^)]*)\);")]
    private static partial Regex Function();

    [GeneratedRegex(@"HANDMESH_(\w+)(?: = | )(\d+)")]
    private static partial Regex Constant();
}
