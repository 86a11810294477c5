namespace HandMeshEngine.Export;

/// <summary>The size of an image.</summary>
/// <param name="Width">Pixels, upright.</param>
/// <param name="Height">Pixels, upright.</param>
public sealed record HandsImage(int Width, int Height);
