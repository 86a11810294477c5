namespace HandMeshEngine.Compute.Planning.Fusions;

/// <summary>A convolution and the 1x1 convolutions after it, each of what the one before stores or would store, in one step.</summary>
/// <param name="Links">The convolutions, and whether anything but the next one reads their results.</param>
/// <param name="Rows">Pixels that a block of work takes through all of them.</param>
internal sealed record FusedConvChain(IReadOnlyList<(Node Node, bool Stores)> Links, int Rows);
