namespace HandMeshEngine.Export;

/// <summary>What a network saw, in a <see cref="HandsDocument"/>: pixels, and radians from x toward y.</summary>
/// <param name="CenterX">Middle.</param>
/// <param name="CenterY">Middle.</param>
/// <param name="Width">Along the turned x.</param>
/// <param name="Height">Along the turned y.</param>
/// <param name="Angle">The turn.</param>
public sealed record HandsCrop(double? CenterX, double? CenterY, double? Width, double? Height, double? Angle);
