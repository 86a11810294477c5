namespace HandMeshEngine.Export;

/// <summary>How well a place is known, in a <see cref="HandsDocument"/> (<see cref="Placement"/>).</summary>
/// <param name="IsPlaced">Whether there is one.</param>
/// <param name="Condition">Of the root solve.</param>
/// <param name="ResidualPixels">Of the root solve.</param>
/// <param name="Flags">Names of <see cref="PlacementFlags"/>, first letter small.</param>
public sealed record HandsPlacement(bool IsPlaced, double? Condition, double? ResidualPixels, IReadOnlyList<string> Flags);
