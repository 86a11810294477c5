using HandMeshEngine.ImageSharp;

namespace HandMeshEngine.Cli.Prediction.Inputs;

/// <summary>The pictures of a folder, told by their content, and what else is in it.</summary>
internal sealed class FolderContents
{
    private const int Named = 3;

    private static readonly string[] _results = [".glb", ".obj", ".ply", ".hands.json", ".jsonl", ".overlay.png", ".tmp"];

    private readonly List<string> _files = [];
    private readonly SortedDictionary<string, (List<string> Names, string? Cure)> _passedOver = new(StringComparer.Ordinal);

    private FolderContents(string folder)
    {
        Folder = folder;
        foreach (string file in Directory.EnumerateFiles(folder))
        {
            Take(file);
        }

        foreach (string inner in Directory.EnumerateDirectories(folder))
        {
            PassOver("folder", inner, "give it by its own name");
        }

        string[] sorted = [.. _files];
        Doubt = NaturalOrder.Sort(sorted);
        Files = sorted;
    }

    public string Folder { get; }

    /// <summary>Pictures, by the numbers in their names.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Why their order may not be that of time, or null.</summary>
    public string? Doubt { get; }

    /// <summary>What is not read, counted by kind and named; null if everything is.</summary>
    public string? PassedOver => _passedOver.Count == 0 ? null : string.Join(", ", _passedOver.Select(kind => Words(kind.Key, kind.Value.Names, kind.Value.Cure)));

    /// <summary>Reads a folder.</summary>
    /// <exception cref="CommandException">It holds no picture.</exception>
    public static FolderContents Of(string folder)
    {
        var contents = new FolderContents(folder);
        return contents.Files.Count > 0
            ? contents
            : throw new CommandException(ExitCode.BadInput, $"{folder}: the folder holds no picture{(contents.PassedOver is { } others ? $", only {others}" : string.Empty)}");
    }

    /// <summary>Says what the folder holds besides its pictures.</summary>
    public void SayPassedOver()
    {
        if (PassedOver is { } others)
        {
            ErrorLine.Write($"note: {Folder}: passed over {others}");
        }
    }

    private void Take(string file)
    {
        string name = Path.GetFileName(file), ending = Path.GetExtension(file).ToLowerInvariant();
        FileStart start = FileStart.Of(file);
        if (start.IsDrawing)
        {
            PassOver("result of handmesh", file, null);
        }
        else if (name.StartsWith("._", StringComparison.Ordinal))
        {
            PassOver("hidden file", file, null);
        }
        else if (ImageFileDecoder.Endings.Contains(ending) && !start.IsVideo)
        {
            _files.Add(file); // what is wrong with it, if anything, is said when its turn comes
        }
        else if (start.Picture is { } picture && (picture != "TGA" || ending == ".tga"))
        {
            _files.Add(file);
        }
        else if (start.Kind is { } kind)
        {
            PassOver(kind.Name[(kind.Name.IndexOf(' ', StringComparison.Ordinal) + 1)..], file, kind.Cure);
        }
        else
        {
            PassOver(_results.Any(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase)) ? "result of handmesh" : "other file", file, null);
        }
    }

    private void PassOver(string kind, string file, string? cure)
    {
        if (!_passedOver.TryGetValue(kind, out (List<string> Names, string? Cure) known))
        {
            _passedOver.Add(kind, known = ([], cure));
        }

        known.Names.Add(Path.GetFileName(file));
    }

    private static string Words(string kind, List<string> names, string? cure)
    {
        names.Sort(NaturalOrder.Whole);
        string which = string.Join(", ", names.Take(Named)) + (names.Count > Named ? ", ..." : string.Empty);
        return $"{names.Count} x {kind} ({which}{(cure is null ? string.Empty : $": {cure}")})";
    }
}
