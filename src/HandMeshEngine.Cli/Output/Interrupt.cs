namespace HandMeshEngine.Cli.Output;

/// <summary>Ctrl+C ends the process with the documented code; files under way are temporary ones until they are whole.</summary>
internal sealed class Interrupt : IDisposable
{
    public Interrupt() => Console.CancelKeyPress += OnCancel;

    public void Dispose() => Console.CancelKeyPress -= OnCancel;

    private static void OnCancel(object? sender, ConsoleCancelEventArgs args)
    {
        args.Cancel = true;
        ErrorLine.Write("interrupted");
        Environment.Exit(ExitCode.Interrupted);
    }
}
