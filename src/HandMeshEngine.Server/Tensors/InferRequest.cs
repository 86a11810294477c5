namespace HandMeshEngine.Server.Tensors;

/// <summary>What a client asks for, whichever way it came.</summary>
internal sealed record InferRequest
{
    /// <summary>The client's own name for it, sent back; empty if there is none.</summary>
    public string Id { get; init; } = string.Empty;

    public required IReadOnlyList<InputTensor> Inputs { get; init; }

    /// <summary>What to send back; empty for the usual ones.</summary>
    public IReadOnlyList<RequestedOutput> Outputs { get; init; } = [];

    /// <summary>The video that the image is a frame of, or null.</summary>
    public string? SequenceId { get; init; }

    public bool SequenceStart { get; init; }

    public bool SequenceEnd { get; init; }

    /// <summary>How long it may wait; null for the server's own limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Whether outputs are packed behind the JSON unless one says otherwise.</summary>
    public bool BinaryOutputs { get; init; }
}

/// <summary>An output that was asked for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Binary">Packed behind the JSON or not; null as the request says.</param>
internal sealed record RequestedOutput(string Name, bool? Binary = null);
