using HandMeshEngine.Cli.Prediction;

namespace HandMeshEngine.Cli.Options;

/// <summary>What is written, and where.</summary>
internal sealed class OutputOptions
{
    private static readonly string[] _known = ["glb", "obj", "ply", "json"];

    private readonly OutOption _folder = new("Folder for the results; made if it does not exist.", "DIR", ["--output"], orElse: ".");

    private readonly Option<string> _formats = new("--format")
    {
        Description = "Any of glb,obj,ply,json.",
        HelpName = "LIST",
        DefaultValueFactory = _ => "glb,json",
    };

    private readonly Option<bool> _noOverlay = new("--no-overlay") { Description = "Do not draw the mesh over the photo." };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        _folder.AddTo(verb);
        verb.AddAll(_formats, _noOverlay);
    }

    /// <summary>What was given.</summary>
    /// <exception cref="ArgumentException">A format is not known.</exception>
    public OutputSettings Read(ParseResult parsed)
    {
        string[] formats = parsed.GetValue(_formats)!.ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (formats.Length == 0)
        {
            throw new ArgumentException($"--format names none of {string.Join(", ", _known)}");
        }

        return formats.FirstOrDefault(format => !_known.Contains(format)) is { } unknown
            ? throw new ArgumentException($"--format {unknown} is none of {string.Join(", ", _known)}")
            : new OutputSettings(_folder.Read(parsed).Path, [.. formats.Distinct()], !parsed.GetValue(_noOverlay));
    }
}
