using System.Text.Json;
using HandMeshEngine.Cli.Prediction.Inputs;

namespace HandMeshEngine.Cli.Prediction;

/// <summary>
/// The lines of a source, each on the disk before the next picture is looked at, so that whatever ends the command keeps them. With
/// resume, the lines of an earlier run count as far as they are whole, of the same options, and of the same pictures in the same order.
/// </summary>
internal sealed class LineFile : IDisposable
{
    private readonly FileStream _stream;
    private readonly List<Line> _kept = [];
    private readonly DateTime _written;
    private int _next;

    /// <summary>Opens the file; without resume it starts empty.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public LineFile(string path, string run, bool resume, DateTime? changed)
    {
        Path = path;
        _written = File.Exists(path) ? File.GetLastWriteTimeUtc(path) : default;
        _stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        if (resume && !(changed > _written))
        {
            ReadLines(run);
        }

        Cut();
    }

    public string Path { get; }

    /// <summary>Lines of an earlier run that may still count.</summary>
    public int Kept => _kept.Count;

    /// <summary>Those that show a hand, and those that tell a problem.</summary>
    public (int WithHands, int Problems) KeptFacts => (_kept.Count(line => line.HasHands), _kept.Count(line => line.HasProblem));

    /// <summary>Whether the next line is there already; from the first that is not, older lines are dropped.</summary>
    public bool Has(SourceFrame frame)
    {
        if (_next < _kept.Count && _kept[_next] is var line && line.Frame == frame.Index && line.File == frame.File
            && (frame.Path is null || File.GetLastWriteTimeUtc(frame.Path) <= _written))
        {
            _next++;
            return true;
        }

        Drop();
        return false;
    }

    /// <summary>Drops older lines that no picture asked for.</summary>
    public void Drop()
    {
        if (_next < _kept.Count)
        {
            _kept.RemoveRange(_next, _kept.Count - _next);
            Cut();
        }
    }

    /// <summary>Appends one line, whole.</summary>
    /// <exception cref="IOException">The disk is full or gone; what was written of the line is taken back.</exception>
    public void Write(ReadOnlySpan<byte> line)
    {
        long before = _stream.Position;
        try
        {
            _stream.Write(line);
        }
        catch (IOException)
        {
            _stream.SetLength(before);
            _stream.Position = before;
            throw;
        }
    }

    public void Dispose() => _stream.Dispose();

    private void Cut()
    {
        long end = _kept.Count == 0 ? 0 : _kept[^1].End;
        if (_stream.Length != end)
        {
            _stream.SetLength(end);
        }

        _stream.Position = end;
    }

    private void ReadLines(string run)
    {
        using var reader = new StreamReader(_stream, new UTF8Encoding(false, true), detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 16, leaveOpen: true);
        long end = 0;
        try
        {
            while (reader.ReadLine() is { } text)
            {
                end += Encoding.UTF8.GetByteCount(text) + 1;
                if (end > _stream.Length || Parse(text, run, end) is not { } line)
                {
                    return;
                }

                _kept.Add(line);
            }
        }
        catch (DecoderFallbackException)
        {
            return;
        }
    }

    private static Line? Parse(string text, string run, long end)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement line = document.RootElement;
            return line.TryGetProperty("run", out JsonElement its) && its.GetString() == run
                ? new Line(
                    line.GetProperty("frame").GetInt32(), line.GetProperty("file").GetString(), line.GetProperty("hands").GetArrayLength() > 0,
                    line.TryGetProperty("problem", out _), end)
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    private readonly record struct Line(int Frame, string? File, bool HasHands, bool HasProblem, long End);
}
