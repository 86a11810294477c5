namespace HandMeshEngine.Export;

/// <summary>A box in a <see cref="HandsDocument"/>, pixels.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">To the right.</param>
/// <param name="Height">Down.</param>
public sealed record HandsBox(double? X, double? Y, double? Width, double? Height);
