namespace HandMeshEngine.Cli.Options;

/// <summary>Pixels of a picture.</summary>
internal readonly record struct PictureSize(int Width, int Height);
