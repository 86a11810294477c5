using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace HandMeshEngine.Cli.Options;

/// <summary>What is wrong with a command line, as one sentence.</summary>
internal static partial class CommandLineMistake
{
    /// <summary>The sentence, or null if the line can be run.</summary>
    public static string? Of(ParseResult parsed, string[] args)
    {
        string verb = parsed.CommandResult.Command is RootCommand ? string.Empty : parsed.CommandResult.Command.Name + " ";
        string? problem = parsed.Errors.Count == 0 ? Misspelt(parsed, args)
            : verb.Length == 0 ? args.Length > 0 ? $"'{args[0]}' is no verb" : "no verb is given"
            : string.Join("; ", parsed.Errors.Select(error => Sentence(error.Message)));
        return problem is null ? null : $"{problem}; see handmesh {verb}--help";
    }

    // A word that begins with a dash and that no option claimed was taken for a file. After a lone -- it may be one.
    private static string? Misspelt(ParseResult parsed, string[] args) => args.Contains("--") ? null : parsed.CommandResult.Children
        .SelectMany(child => child.Tokens)
        .FirstOrDefault(token => token.Type == TokenType.Argument && Option().IsMatch(token.Value)) is { } token
            ? $"{token.Value} is no option"
            : null;

    // System.CommandLine names .NET types.
    private static string Sentence(string message) => WrongType().Match(message) is { Success: true } match
        ? $"{match.Groups["option"].Value} {match.Groups["value"].Value} is not a {(match.Groups["type"].Value.Contains("Int", StringComparison.Ordinal) ? "whole number" : "number")}"
        : message.TrimEnd('.');

    [GeneratedRegex("^--?[A-Za-z]")]
    private static partial Regex Option();

    [GeneratedRegex("^Cannot parse argument '(?<value>.*)' for option '(?<option>.*)' as expected type '(?<type>.*)'")]
    private static partial Regex WrongType();
}
