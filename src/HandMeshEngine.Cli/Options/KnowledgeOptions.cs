namespace HandMeshEngine.Cli.Options;

/// <summary>What the user knows about the hand.</summary>
internal sealed class KnowledgeOptions
{
    private readonly Option<string?> _box = new("--box") { Description = "Where the hand is, pixels; otherwise the detector looks.", HelpName = "x,y,w,h" };

    private readonly Option<bool> _boxIsCrop = new("--box-is-crop") { Description = "The box is the square that the network is to see: it is not enlarged." };

    private readonly Option<string> _hand = new("--hand")
    {
        Description = "left, right or auto.",
        HelpName = "SIDE",
        DefaultValueFactory = _ => "auto",
    };

    private const string NetworkSize = "network";

    private readonly Option<string?> _handSize = new("--hand-size")
    {
        Description = "Total length of the hand's 20 bones in metres, for a better distance (default system; handmesh measure says it); network: what the network thinks. Otherwise an adult's, 0.825.",
        HelpName = "M",
    };

    private readonly Option<double?> _rootDepth = new("--root-depth")
    {
        Description = $"Depth of the wrist in metres, for systems that do not estimate it ({Needing(SystemNeeds.RootDepth)}).",
        HelpName = "M",
    };

    private readonly Option<double?> _boneLength = new("--bone-length", "--hand-scale")
    {
        Description = $"Length of the middle finger's first bone in metres ({Needing(SystemNeeds.BoneLength)}).",
        HelpName = "M",
    };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb) => verb.AddAll(_box, _boxIsCrop, _hand, _handSize, _rootDepth, _boneLength);

    /// <summary>What was given.</summary>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public PredictOptions Read(ParseResult parsed) => new()
    {
        Box = parsed.GetValue(_box) is { } text ? ReadBox(text) : null,
        BoxIsCrop = parsed.GetValue(_boxIsCrop),
        Handedness = parsed.GetValue(_hand) switch
        {
            "auto" => null,
            "left" => Handedness.Left,
            "right" => Handedness.Right,
            var other => throw new ArgumentException($"--hand {other} is none of left, right, auto"),
        },
        HandSize = parsed.GetValue(_handSize) is { } size and not NetworkSize ? Numbers.Parse("--hand-size", size, 1)[0] : null,
        UsesSizePrior = parsed.GetValue(_handSize) != NetworkSize,
        RootDepth = parsed.GetValue(_rootDepth),
        BoneLength = parsed.GetValue(_boneLength),
    };

    private static HandBox ReadBox(string text)
    {
        double[] box = Numbers.Parse("--box", text, 4);
        return new HandBox(box[0], box[1], box[2], box[3]);
    }

    private static string Needing(SystemNeeds need) => string.Join(", ", HandSystems.All.Where(system => system.Needs.HasFlag(need)));
}
