namespace HandMeshEngine.Server;

/// <summary>What a server offers, and to whom.</summary>
public sealed class HandMeshServerOptions
{
    /// <summary>The models, each a system with its weights. Empty: the <see cref="EstimatorPool"/> of <c>AddHandMesh</c>.</summary>
    public IList<ServedModelOptions> Models { get; } = [];

    /// <summary>What clients may ask for.</summary>
    public ServerLimits Limits { get; set; } = new();

    /// <summary>Tokens of which a request must bring one (<c>Authorization: Bearer TOKEN</c>); empty lets everybody in.</summary>
    public IList<string> Tokens { get; } = [];

    /// <summary>Origins of other web pages that may ask, such as <c>https://example.org</c>; none by default.</summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>Names by which clients may call this server (the <c>Host</c> header); empty allows all.</summary>
    public IList<string> AllowedHosts { get; } = [];

    /// <summary>Whether there is a live page at <c>/</c>.</summary>
    public bool HasPage { get; set; } = true;
}
