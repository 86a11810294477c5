namespace HandMeshEngine.Cli.Options;

/// <summary>Where a verb's result goes: <c>--out</c> or <c>-o</c> in every verb. Earlier spellings are still read.</summary>
internal sealed class OutOption
{
    private readonly Option<string?> _out;
    private readonly Option<string?>[] _earlier;
    private readonly string? _default;

    /// <param name="description">For the help.</param>
    /// <param name="helpName">FILE or DIR.</param>
    /// <param name="earlier">Spellings of before, not in the help.</param>
    /// <param name="orElse">Where it goes without the option; null makes the option required.</param>
    public OutOption(string description, string helpName, string[] earlier, string? orElse = null)
    {
        _out = new("--out", "-o") { Description = orElse is null ? description : $"{description} [default: {orElse}]", HelpName = helpName };
        _earlier = [.. earlier.Select(name => new Option<string?>(name) { Hidden = true })];
        _default = orElse;
    }

    /// <summary>Adds the option to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.AddAll([_out, .. _earlier]);
        if (_default is null)
        {
            // Not Required, which would ask for --out beside an earlier spelling.
            verb.Validators.Add(result =>
            {
                if (!_earlier.Prepend(_out).Any(option => result.GetResult(option) is not null))
                {
                    result.AddError("Option '--out' is required.");
                }
            });
        }
    }

    /// <summary>Whether the user named a place.</summary>
    public bool IsGiven(ParseResult parsed) => _earlier.Prepend(_out).Any(option => parsed.GetResult(option) is not null);

    /// <summary>What was given, with the spelling used.</summary>
    /// <exception cref="ArgumentException">More than one was given.</exception>
    public (string Name, string Path) Read(ParseResult parsed)
    {
        Option<string?>[] given = [.. _earlier.Prepend(_out).Where(option => parsed.GetResult(option) is not null)];
        return given.Length switch
        {
            0 => (_out.Name, _default!),
            1 => (given[0].Name, parsed.GetValue(given[0])!),
            _ => throw new ArgumentException($"{string.Join(" and ", given.Select(option => option.Name))} name the same thing; give --out alone"),
        };
    }
}
