namespace HandMeshEngine.Server.Models;

/// <summary>What the server says about itself, in both protocols.</summary>
internal static class ServerFacts
{
    public const string Name = "handmesh";

    public static string Version { get; } = typeof(ServerFacts).Assembly.GetName().Version?.ToString(3) ?? "0";

    public static IReadOnlyList<string> Extensions { get; } = ["binary_tensor_data", "model_repository", "sequence"];

    /// <summary>What is behind a model's name.</summary>
    public static IEnumerable<(string Key, string Value)> Of(ServedModel model) =>
    [
        ("system", model.System.Id),
        ("title", model.System.Title),
        ("device", model.Device),
        ("stand_in_weights", model.HasStandInWeights ? "true" : "false"),
    ];
}
