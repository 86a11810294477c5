namespace HandMeshEngine.Compute;

/// <summary>Whether a backend works here.</summary>
/// <param name="Name">The device name, for example <c>cuda</c>.</param>
/// <param name="IsUsable">It works.</param>
/// <param name="Words">What it is, or one sentence on why it does not work and what to do.</param>
public sealed record DeviceReport(string Name, bool IsUsable, string Words);
