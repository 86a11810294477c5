namespace HandMeshEngine.Server.Tensors;

/// <summary>What requests of both protocols may set beside their tensors.</summary>
internal static class RequestParameters
{
    private const int LongestId = 128;

    /// <summary>A sequence's name; null where 0 or nothing says that there is none.</summary>
    /// <exception cref="Refusal">It is too long.</exception>
    public static string? SequenceId(string id) => id.Length > LongestId
        ? throw Refusal.Invalid($"a sequence_id has at most {LongestId} characters")
        : id is "" or "0" ? null : id;

    /// <summary>A time to wait.</summary>
    /// <param name="microseconds">As the protocol's gateways count.</param>
    /// <exception cref="Refusal">It is not positive.</exception>
    public static TimeSpan? Timeout(long microseconds) => microseconds < 0
        ? throw Refusal.Invalid("a timeout is microseconds, 0 for the server's own")
        : microseconds == 0 ? null : TimeSpan.FromMicroseconds(Math.Min(microseconds, TimeSpan.MicrosecondsPerDay));
}
