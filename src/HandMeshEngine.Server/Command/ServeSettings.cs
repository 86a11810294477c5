using System.Net;

namespace HandMeshEngine.Server.Command;

/// <summary>What the command line asks for.</summary>
internal sealed record ServeSettings
{
    public required IPAddress Address { get; init; }

    public required int Port { get; init; }

    /// <summary>Port of gRPC on the same address, or null for none.</summary>
    public int? GrpcPort { get; init; }

    /// <summary>A file for Kestrel and logging, or null.</summary>
    public string? Config { get; init; }

    public bool IsUnsafeOpen { get; init; }

    public bool LogsJson { get; init; }

    /// <summary>The least that is logged: a level's name.</summary>
    public string LogLevel { get; init; } = "information";

    public required HandMeshServerOptions Server { get; init; }
}
