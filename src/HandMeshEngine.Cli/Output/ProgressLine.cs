using System.Diagnostics;

namespace HandMeshEngine.Cli.Output;

/// <summary>
/// One line on standard error that says how far work of unknown or known length is, with its rate and the time left; only where a
/// terminal shows it, and at most a few times a second.
/// </summary>
internal sealed class ProgressLine(string title, string unit, int? total) : IDisposable
{
    private const double LeastSeconds = 0.2;

    private static bool _isShown;

    private readonly bool _isWatched = !Console.IsErrorRedirected;
    private readonly long _start = Stopwatch.GetTimestamp();
    private double _saidAt = double.NegativeInfinity;
    private int _done;

    /// <summary>Takes the line off the terminal, so that something else can be printed.</summary>
    public static void Clear()
    {
        if (_isShown)
        {
            _isShown = false;
            Console.Error.Write("\r\u001b[K");
        }
    }

    /// <summary>One more is done.</summary>
    public void Step()
    {
        _done++;
        double seconds = Stopwatch.GetElapsedTime(_start).TotalSeconds;
        if (!_isWatched || seconds - _saidAt < LeastSeconds)
        {
            return;
        }

        _saidAt = seconds;
        string text = Words(title, unit, _done, total, seconds);
        Console.Error.Write($"\r\u001b[K{(text.Length < Page.Width ? text : text[..Page.Width])}");
        _isShown = true;
    }

    public void Dispose() => Clear();

    /// <summary>For example <c>clip  120/300 frames  41.2/s  4 s left</c>.</summary>
    internal static string Words(string title, string unit, int done, int? total, double seconds)
    {
        double rate = seconds > 0 ? done / seconds : 0;
        string of = total is { } all ? $"/{all}" : string.Empty;
        string left = total is { } end && rate > 0 ? $"  {Duration((end - done) / rate)} left" : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"{title}  {done}{of} {unit}  {rate:0.0}/s{left}");
    }

    private static string Duration(double seconds) => seconds < 100 ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s")
        : seconds < 6000 ? string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0} min")
        : string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0.0} h");
}
