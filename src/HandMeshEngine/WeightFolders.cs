using System.Diagnostics.CodeAnalysis;

namespace HandMeshEngine;

/// <summary>Where the weights that come with the engine are looked for.</summary>
public static class WeightFolders
{
    /// <summary>
    /// The folders, in the order in which they are looked into: those of <see cref="AddBeside"/>, beside the program, beside this library (a
    /// plugin lies elsewhere than its host), and beside the executable (a single file may unpack itself into another folder).
    /// </summary>
    public static IReadOnlyList<string> All { get; private set; } =
    [
        .. new[] { AppContext.BaseDirectory, LibraryFolder(), Path.GetDirectoryName(Environment.ProcessPath) }
            .Where(folder => !string.IsNullOrEmpty(folder)).Select(folder => Path.Combine(folder!, "weights")).Distinct(),
    ];

    /// <summary>Looks first into the folder <c>weights</c> beside a file: for a library that this one was compiled into.</summary>
    public static void AddBeside(string file) =>
        All = [.. All.Prepend(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, "weights")).Distinct()];

    /// <summary>The path of a file, or null if no folder has it.</summary>
    public static string? Find(string fileName) => All.Select(folder => Path.Combine(folder, fileName)).FirstOrDefault(File.Exists);

    [UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "In a single file the location is empty, and the other folders hold.")]
    private static string? LibraryFolder() => Path.GetDirectoryName(typeof(WeightFolders).Assembly.Location);
}
