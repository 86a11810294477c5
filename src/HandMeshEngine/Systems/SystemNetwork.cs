namespace HandMeshEngine.Systems;

/// <summary>One network of a system, before any pass.</summary>
/// <param name="Name">Its name in profiles and exported files.</param>
/// <param name="Graph">The network.</param>
/// <param name="Aim">Writes the inputs so that the network looks into the middle of an image of this width and height.</param>
internal sealed record SystemNetwork(string Name, OpGraph Graph, Action<Session, int, int> Aim);
