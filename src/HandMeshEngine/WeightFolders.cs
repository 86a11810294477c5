namespace HandMeshEngine;

/// <summary>Where the weights that come with the engine are looked for.</summary>
public static class WeightFolders
{
    /// <summary>The folders, in the order in which they are looked into.</summary>
    public static IReadOnlyList<string> All { get; } = [Path.Combine(AppContext.BaseDirectory, "weights")];

    /// <summary>The path of a file, or null if no folder has it.</summary>
    public static string? Find(string fileName) => All.Select(folder => Path.Combine(folder, fileName)).FirstOrDefault(File.Exists);
}
