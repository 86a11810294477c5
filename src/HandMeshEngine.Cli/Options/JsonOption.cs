namespace HandMeshEngine.Cli.Options;

/// <summary><c>--json</c>: the report for programs, on standard output and nothing else there.</summary>
internal sealed class JsonOption : Option<bool>
{
    public JsonOption()
        : base("--json") => Description = "Print the report as JSON.";
}
