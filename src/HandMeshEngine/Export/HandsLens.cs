namespace HandMeshEngine.Export;

/// <summary>A lens in a <see cref="HandsDocument"/>.</summary>
/// <param name="Model">Its formulas (docs/cameras.md).</param>
/// <param name="Coefficients">In the order of the factory methods of <see cref="Lens"/>.</param>
public sealed record HandsLens(string Model, IReadOnlyList<double> Coefficients);
