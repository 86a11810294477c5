using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace HandMeshEngine.Extensions.Tests;

/// <summary>Keeps what the engine logs.</summary>
internal sealed class LogBook : ILoggerProvider, ILogger
{
    /// <summary>The lines: level, text, exception.</summary>
    public ConcurrentQueue<(LogLevel Level, string Text, Exception? Exception)> Lines { get; } = new();

    /// <summary>The texts of a level.</summary>
    public IEnumerable<string> Of(LogLevel level) => Lines.Where(line => line.Level == level).Select(line => line.Text);

    public ILogger CreateLogger(string categoryName) => categoryName == "HandMeshEngine" ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue((logLevel, formatter(state, exception), exception));

    public void Dispose()
    {
        // The lines are read after the host is gone.
    }
}
