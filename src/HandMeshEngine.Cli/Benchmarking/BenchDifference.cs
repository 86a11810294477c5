using System.Text.Json;

namespace HandMeshEngine.Cli.Benchmarking;

/// <summary>A benchmark beside an earlier one. A difference counts only where both spreads do not overlap.</summary>
internal sealed class BenchDifference : IDisposable
{
    private readonly string _path;
    private readonly JsonDocument _old;

    private BenchDifference(string path, JsonDocument old)
    {
        _path = path;
        _old = old;
    }

    /// <summary>Reads the earlier benchmark.</summary>
    /// <exception cref="CommandException">The file is no JSON.</exception>
    public static BenchDifference Read(string path)
    {
        try
        {
            return new BenchDifference(path, JsonDocument.Parse(File.ReadAllBytes(path)));
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            string reason = Directory.Exists(path) ? "it is a folder" : File.Exists(path) ? exception.Message.ReplaceLineEndings(" ") : "there is no such file";
            throw new CommandException(ExitCode.BadInput, $"--compare {path}: this cannot be read as JSON ({reason}); give what handmesh bench --json printed");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _old.Dispose();

    /// <summary>Prints one line for every boundary that both have.</summary>
    /// <exception cref="CommandException">The file is no benchmark of this system.</exception>
    public void Write(TextWriter writer, BenchReport report)
    {
        try
        {
            JsonElement root = _old.RootElement;
            if (root.GetProperty("system").GetString() != report.System)
            {
                throw new CommandException(ExitCode.BadInput, $"{_path} is a benchmark of {root.GetProperty("system").GetString()}, not of {report.System}");
            }

            JsonElement machine = root.GetProperty("machine");
            Page.Write(writer, $"compared with {_path}: {machine.GetProperty("device").GetString()}; {machine.GetProperty("processor").GetString()}; {machine.GetProperty("date").GetString()} UTC; load {machine.GetProperty("loadBefore").GetString()}");
            foreach ((string name, Samples now) in report.Times)
            {
                if (root.GetProperty("times").TryGetProperty(name, out JsonElement before))
                {
                    Page.Write(writer, Line(name, before, now), 4);
                }
            }
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new CommandException(ExitCode.BadInput, $"{_path} is no output of handmesh bench --json ({exception.Message})");
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
}
