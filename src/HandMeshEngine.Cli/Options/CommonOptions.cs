using System.Text.RegularExpressions;

namespace HandMeshEngine.Cli.Options;

/// <summary>The options that name a system, its weights and a device, shared by the verbs that run networks.</summary>
internal sealed partial class CommonOptions
{
    private readonly Option<string> _system = new("--system")
    {
        Description = "The system to run; see handmesh systems.",
        HelpName = "ID",
        DefaultValueFactory = _ => HandSystems.Default.Id,
    };

    private readonly Option<string?> _weights = new("--weights")
    {
        Description = "Converted weights, or random:SEED for stand-in weights (meaningless meshes). The default system finds its own.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _variant = new("--variant")
    {
        Description = $"{string.Join(", ", HandSystems.Default.Variants)} or {string.Join(", ", HandSystems.Default.Combinations)}: networks of the default system; the system's variant for stand-in weights (see handmesh systems).",
        HelpName = "NAME",
    };

    private readonly Option<string> _device = new("--device")
    {
        Description = "auto, cpu, cuda, cuda:N or reference. Only auto ever falls back.",
        HelpName = "NAME",
        DefaultValueFactory = _ => "auto",
    };

    private readonly Option<string?> _precision = new("--precision")
    {
        Description = "fp32, fp16 (CUDA) or bf16 (CPU); by default fp16 on CUDA, fp32 elsewhere.",
        HelpName = "NAME",
    };

    private readonly Option<int> _threads = new("--threads") { Description = "Threads on the CPU; 0 takes one for each core.", HelpName = "N" };

    private readonly Option<int> _maxHands = new("--max-hands")
    {
        Description = "Most hands found in an image.",
        HelpName = "N",
        DefaultValueFactory = _ => 2,
    };

    private readonly Option<bool> _virtualCamera = new("--virtual-camera")
    {
        Description = $"{string.Join(", ", HandSystems.All.Where(system => system.HasVirtualCamera))}: turn a virtual camera to the hand; without it only hands near the image centre are seen.",
    };

    private readonly Option<string> _maxSearch = new("--max-search")
    {
        Description = "How far to search where no palm is seen at once: frame, lowScores, tiles, treated, secondDetector or turns.",
        HelpName = "RUNG",
        DefaultValueFactory = _ => nameof(SearchRung.Turns),
    };

    private readonly Option<bool> _asPublished = new("--as-published")
    {
        Description = "The default system without our search, turned views and hand size, as stored cases have it.",
    };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb) => verb.AddAll(
        _system, _weights, _variant, _device, _precision, _threads, _maxHands, _maxSearch, _asPublished, _virtualCamera);

    /// <summary>What was given.</summary>
    /// <exception cref="ArgumentException">A value is not one of those allowed.</exception>
    public EstimatorOptions Read(ParseResult parsed) => new()
    {
        System = HandSystems.Find(parsed.GetValue(_system)!).Id,
        Weights = parsed.GetValue(_weights),
        Variant = parsed.GetValue(_variant),
        Device = ReadDevice(parsed.GetValue(_device)!),
        Precision = ReadPrecision(parsed.GetValue(_precision)),
        Threads = parsed.GetValue(_threads) is >= 0 and <= Devices.MostThreads and var threads
            ? threads
            : throw new ArgumentException($"--threads {parsed.GetValue(_threads)} must be 0 (one for each core) to {Devices.MostThreads}"),
        MaxHands = parsed.GetValue(_maxHands),
        MaxSearch = ReadRung(parsed.GetValue(_maxSearch)!),
        AsPublished = parsed.GetValue(_asPublished),
        VirtualCamera = parsed.GetValue(_virtualCamera),
    };

    /// <summary>What was given; systems that ship without weights get stand-ins, which take as long.</summary>
    public EstimatorOptions ReadWithWeights(ParseResult parsed)
    {
        EstimatorOptions options = Read(parsed);
        return options.Weights is null && !HandSystems.Find(options.System).ShipsWithWeights ? options with { Weights = "random:0" } : options;
    }

    /// <summary>Whether the user named a system.</summary>
    public bool NamesSystem(ParseResult parsed) => parsed.GetResult(_system) is { Implicit: false };

    // Verbs that run nothing look at the name, too: a wrong one is a mistake.
    private static string ReadDevice(string name) => DeviceName().IsMatch(name)
        ? name
        : throw new ArgumentException($"'{name}' is no device; use auto, cpu, cuda, cuda:N or reference");

    [GeneratedRegex("^(auto|cpu|reference|cuda(:[0-9]+)?)$")]
    private static partial Regex DeviceName();

    private static SearchRung ReadRung(string name) =>
        Enum.TryParse(name, ignoreCase: true, out SearchRung rung) && Enum.IsDefined(rung) && !char.IsAsciiDigit(name[0])
            ? rung
            : throw new ArgumentException($"--max-search {name} is none of {string.Join(", ", Enum.GetNames<SearchRung>())}");

    private static Precision? ReadPrecision(string? name) => name switch
    {
        null => null,
        "fp32" => Precision.Float32,
        "fp16" => Precision.Float16,
        "bf16" => Precision.BFloat16,
        _ => throw new ArgumentException($"--precision {name} is none of fp32, fp16 and bf16"),
    };
}
