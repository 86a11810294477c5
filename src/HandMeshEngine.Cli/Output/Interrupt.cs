using System.Runtime.InteropServices;

namespace HandMeshEngine.Cli.Output;

/// <summary>
/// Ctrl+C and SIGTERM. Verbs that keep results as they go ask for <see cref="Token"/>: the first signal then ends them between two
/// pictures, with their report; a second one, or the first for every other verb, ends the process. Files under way are temporary ones
/// until they are whole.
/// </summary>
internal sealed class Interrupt : IDisposable
{
    private static readonly CancellationTokenSource _source = new();
    private static bool _isAwaited;

    private readonly PosixSignalRegistration[] _signals =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context => OnSignal(context, ExitCode.Interrupted)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => OnSignal(context, ExitCode.Terminated)),
    ];

    /// <summary>The code to end with after a signal.</summary>
    public static int Code { get; private set; } = ExitCode.Interrupted;

    /// <summary>Cancelled by the first signal; who asks for it promises to end soon.</summary>
    public static CancellationToken Token
    {
        get
        {
            _isAwaited = true;
            return _source.Token;
        }
    }

    public void Dispose() => Array.ForEach(_signals, signal => signal.Dispose());

    private static void OnSignal(PosixSignalContext context, int code)
    {
        context.Cancel = true;
        Code = code;
        if (_isAwaited && !_source.IsCancellationRequested)
        {
            ErrorLine.Write("interrupted: ending after the picture under way");
            _source.Cancel();
            return;
        }

        ErrorLine.Write("interrupted");
        Environment.Exit(code);
    }
}
