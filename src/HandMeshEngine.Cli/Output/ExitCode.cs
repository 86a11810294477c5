namespace HandMeshEngine.Cli.Output;

/// <summary>What the command returns to its caller.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Fine = 0;

    /// <summary>The answer is no: no hand found, verification failed.</summary>
    public const int No = 1;

    /// <summary>The arguments make no sense.</summary>
    public const int BadArguments = 2;

    /// <summary>An input file is missing, damaged or of the wrong kind.</summary>
    public const int BadInput = 3;

    /// <summary>The machine: device, memory, a folder that cannot be written.</summary>
    public const int Machine = 4;

    /// <summary>Interrupted with Ctrl+C.</summary>
    public const int Interrupted = 130;

    /// <summary>Ended by SIGTERM, as schedulers do.</summary>
    public const int Terminated = 143;
}
