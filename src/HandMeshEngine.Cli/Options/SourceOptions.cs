using HandMeshEngine.Cli.Prediction.Inputs;
using HandMeshEngine.Cli.Prediction.Video;

namespace HandMeshEngine.Cli.Options;

/// <summary>Which pictures are looked at, and how they become pixels.</summary>
internal sealed class SourceOptions
{
    private readonly Argument<string[]> _inputs = new("image")
    {
        Description = "JPEG, PNG, WebP, BMP, TIFF, TGA, PBM or GIF files, folders of them, videos (through ffmpeg), or - for a pipe.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<bool> _sequence = new("--sequence")
    {
        Description = "Treat each folder, or the list, as the frames of one video: hands are followed and keep their ids; one JSON line a frame.",
    };

    private readonly Option<string?> _list = new("--list")
    {
        Description = "JSON Lines, one object an image with what is known of it (docs/evaluation.md, Image list); one JSON line an image.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _shard = new("--shard") { Description = "Only this part of the list, photos or videos: K of N, from 1 (docs/scale.md).", HelpName = "K/N" };

    private readonly Option<string?> _raw = new("--raw") { Description = "The pipe brings frames without a header: WIDTHxHEIGHT:FORMAT[@RATE], for example 640x480:rgb24@30.", HelpName = "LAYOUT" };

    private readonly Option<bool> _mirrored = new("--mirrored") { Description = "The pictures are mirror images (selfies): they are turned back, and results are about the picture as it was seen." };

    private readonly Option<int> _orientation = new("--orientation")
    {
        Description = "Degrees clockwise that make the pictures upright, after EXIF: 0, 90, 180 or 270.",
        HelpName = "DEG",
    };

    private readonly Option<bool> _strict = new("--strict") { Description = "Refuse files with a flaw that is otherwise a note (a missing end, a wrong check sum behind the picture)." };

    private readonly Option<bool> _stretch = new("--stretch") { Description = "Make the largest value of dim 16-bit grey PNGs white." };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Arguments.Add(_inputs);
        verb.AddAll(_sequence, _list, _shard, _raw, _mirrored, _orientation, _strict, _stretch);
    }

    /// <summary>Whether results stream to standard output: the only input is a pipe.</summary>
    public bool IsPipe(ParseResult parsed) => parsed.GetValue(_inputs) is ["-"];

    /// <summary>How pictures become pixels.</summary>
    /// <exception cref="ArgumentException">A value is not one of those allowed.</exception>
    public PictureOptions ReadPictures(ParseResult parsed) => parsed.GetValue(_orientation) is (0 or 90 or 180 or 270) and var degrees
        ? new PictureOptions(FrameOrientation.Turned(degrees, parsed.GetValue(_mirrored)), parsed.GetValue(_strict), parsed.GetValue(_stretch))
        : throw new ArgumentException($"--orientation {parsed.GetValue(_orientation)} is none of 0, 90, 180, 270 (degrees clockwise)");

    /// <summary>Finds the pictures.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="loader">For the first photo, which is decoded while networks open.</param>
    /// <param name="known">What is known of all hands.</param>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    /// <exception cref="CommandException">A path does not exist, or a folder holds no picture.</exception>
    public IReadOnlyList<Source> Read(ParseResult parsed, PictureLoader loader, PredictOptions known)
    {
        string[] inputs = parsed.GetValue(_inputs) ?? [];
        string? list = parsed.GetValue(_list), raw = parsed.GetValue(_raw);
        bool isSequence = parsed.GetValue(_sequence);
        Shard shard = Shard.Parse(parsed.GetValue(_shard));
        if (inputs.Length == 0 && list is null)
        {
            throw new ArgumentException("no image is given; name files or folders, --list FILE, or - for a pipe");
        }

        if (list is not null && inputs.Length > 0)
        {
            throw new ArgumentException($"--list names the images; leave {inputs[0]} out");
        }

        if (raw is not null && inputs is not ["-"])
        {
            throw new ArgumentException("--raw is about a pipe; give - as the only image");
        }

        if (inputs.Length > 1 && inputs.Contains("-"))
        {
            throw new ArgumentException("- is the pipe, which cannot be mixed with files; run it alone");
        }

        if (list is not null && isSequence && shard != Shard.Whole)
        {
            throw new ArgumentException("--shard would tear the frames of --sequence apart; give every worker a list of its own");
        }

        return list is not null ? [new ListSource(list, shard, isSequence, known)]
            : inputs is ["-"] ? [new PipeSource(Console.OpenStandardInput(), raw is null ? null : RawFrames.Parse(raw))]
            : SourceFinder.Find(inputs, isSequence, shard, loader);
    }
}
