using HandMeshEngine.Cli.Prediction;

namespace HandMeshEngine.Cli.Options;

/// <summary>What is written, and where.</summary>
internal sealed class OutputOptions
{
    private static readonly string[] _known = ["glb", "obj", "ply", "json"];

    private readonly OutOption _folder = new("Folder for the results; made if it does not exist.", "DIR", ["--output"], orElse: ".");

    private readonly Option<string> _formats = new("--format")
    {
        Description = "Any of glb,obj,ply,json; for videos and lists only if given: a file a picture, but of a video one animated glb.",
        HelpName = "LIST",
        DefaultValueFactory = _ => "glb,json",
    };

    private readonly Option<bool> _overlay = new("--overlay") { Description = "Draw the mesh over the pictures of videos and lists, too." };

    private readonly Option<bool> _noOverlay = new("--no-overlay") { Description = "Do not draw the mesh over the photo." };

    private readonly Option<string?> _overlayVideo = new("--overlay-video")
    {
        Description = "Draw the mesh over the frames into one video: .y4m, - (yuv4mpeg on standard output), or any name that ffmpeg knows.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _vertices = new("--vertices") { Description = "Write the vertices into the JSON, too." };

    private readonly Option<bool> _rotations = new("--rotations") { Description = "Write the joints' local rotations into the JSON, too." };

    private readonly Option<bool> _skeleton = new("--skeleton") { Description = "Give the GLB of a photo joints and a skin, as that of a video has." };

    private readonly Option<bool> _json = new("--json") { Description = "A line of JSON for each picture on standard output instead of the report." };

    private readonly Option<bool> _resume = new("--resume") { Description = "Go on where an earlier run stopped: results that are there, newer than their pictures and of the same options stay." };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        _folder.AddTo(verb);
        verb.AddAll(_formats, _overlay, _noOverlay, _overlayVideo, _vertices, _rotations, _skeleton, _json, _resume);
    }

    /// <summary>What was given.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="isPipe">The pictures come through a pipe: without a folder, lines go to standard output alone.</param>
    /// <exception cref="ArgumentException">A format is not known, or options contradict each other.</exception>
    public OutputSettings Read(ParseResult parsed, bool isPipe)
    {
        string[] formats = parsed.GetValue(_formats)!.ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (formats.Length == 0)
        {
            throw new ArgumentException($"--format names none of {string.Join(", ", _known)}");
        }

        if (formats.FirstOrDefault(format => !_known.Contains(format)) is { } unknown)
        {
            throw new ArgumentException($"--format {unknown} is none of {string.Join(", ", _known)}");
        }

        string? video = parsed.GetValue(_overlayVideo);
        bool areGiven = parsed.GetResult(_formats) is { Implicit: false }, streams = isPipe && !_folder.IsGiven(parsed);
        bool json = parsed.GetValue(_json) || (streams && video != "-");
        return video == "-" && json ? throw new ArgumentException("--overlay-video - and --json both want standard output; name a file for one")
            : parsed.GetValue(_overlay) && parsed.GetValue(_noOverlay) ? throw new ArgumentException("give --overlay or --no-overlay, not both")
            : streams && (areGiven || parsed.GetValue(_overlay)) ? throw new ArgumentException("files for each frame need a folder; give --out DIR")
            : streams && parsed.GetValue(_resume) ? throw new ArgumentException("--resume goes on in a folder; give --out DIR")
            : new OutputSettings(streams ? null : _folder.Read(parsed).Path, [.. formats.Distinct()], areGiven)
            {
                Overlay = parsed.GetValue(_overlay) ? true : parsed.GetValue(_noOverlay) ? false : null,
                OverlayVideo = video,
                WithVertices = parsed.GetValue(_vertices),
                WithRotations = parsed.GetValue(_rotations),
                Skeleton = parsed.GetValue(_skeleton),
                Json = json,
                Resume = parsed.GetValue(_resume),
            };
    }
}
