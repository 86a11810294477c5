using System.Globalization;
using System.Text.Json;
using HandMeshEngine.Cli.Output;

namespace HandMeshEngine.Cli.Benchmarking;

/// <summary>A benchmark beside an earlier one. A difference counts only where both spreads do not overlap.</summary>
internal static class BenchDifference
{
    /// <summary>Prints one line for every boundary that both have.</summary>
    /// <exception cref="CommandException">The file is no benchmark of this system.</exception>
    public static void Write(TextWriter writer, string path, BenchReport report)
    {
        using JsonDocument old = Read(path);
        try
        {
            JsonElement root = old.RootElement;
            if (root.GetProperty("system").GetString() != report.System)
            {
                throw new CommandException(ExitCode.BadInput, $"{path} is a benchmark of {root.GetProperty("system").GetString()}, not of {report.System}");
            }

            JsonElement machine = root.GetProperty("machine");
            writer.WriteLine($"compared with {path}: {machine.GetProperty("device").GetString()}; {machine.GetProperty("processor").GetString()}; {machine.GetProperty("date").GetString()} UTC; load {machine.GetProperty("loadBefore").GetString()}");
            foreach ((string name, Samples now) in report.Times)
            {
                if (root.GetProperty("times").TryGetProperty(name, out JsonElement before))
                {
                    writer.WriteLine(Line(name, before, now));
                }
            }
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new CommandException(ExitCode.BadInput, $"{path} is no output of handmesh bench --json ({exception.Message})");
        }
    }

    private static string Line(string name, JsonElement before, Samples now)
    {
        double was = before.GetProperty("p50").GetDouble(), ratio = was / now.Percentile(50);
        bool apart = now.LowestMedian > before.GetProperty("highestMedian").GetDouble() || now.HighestMedian < before.GetProperty("lowestMedian").GetDouble();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"  {name}: p50 {was:0.000} -> {now.Percentile(50):0.000} ms, p99 {before.GetProperty("p99").GetDouble():0.000} -> {now.Percentile(99):0.000} ms; {(apart ? ratio > 1 ? $"{ratio:0.00} times as fast" : $"{1 / ratio:0.00} times as slow" : "no difference beyond the spread")}");
    }

    private static JsonDocument Read(string path)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.BadInput, $"{path} cannot be read as JSON ({exception.Message.ReplaceLineEndings(" ")})");
        }
    }
}
