using System.CommandLine.Parsing;
using System.Security.Cryptography;
using HandMeshEngine.Cli.Evaluation;

namespace HandMeshEngine.Cli.Prediction;

/// <summary>What tells results of other options or weights apart: a short hash of everything that they depend on besides the pictures.</summary>
internal static class RunIdentity
{
    // Where and how much is written, and what computes, does not change an answer.
    private static readonly string[] _aside =
    [
        "--out", "--output", "--format", "--overlay", "--no-overlay", "--overlay-video", "--json", "--resume", "--list", "--shard", "--device", "--threads", "--weights",
    ];

    private static readonly string[] _files = ["--camera-file"];

    /// <summary>Twelve hexadecimal digits.</summary>
    public static string Of(ParseResult parsed, EstimatorOptions options)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{typeof(HandEstimator).Assembly.GetName().Version} {WeightsIdentity.Of(options)}\n");
        foreach (OptionResult option in parsed.CommandResult.Children.OfType<OptionResult>().Where(option => !option.Implicit && !_aside.Contains(option.Option.Name)).OrderBy(option => option.Option.Name, StringComparer.Ordinal))
        {
            string values = string.Join(' ', option.Tokens.Select(token => token.Value));
            text.Append(CultureInfo.InvariantCulture, $"{option.Option.Name} {(_files.Contains(option.Option.Name) && File.Exists(values) ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(values))) : values)}\n");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..12];
    }
}
