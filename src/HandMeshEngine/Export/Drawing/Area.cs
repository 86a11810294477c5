namespace HandMeshEngine.Export.Drawing;

/// <summary>A rectangle of pixels inside a picture.</summary>
internal readonly record struct Area(int Left, int Top, int Width, int Height)
{
    public int Right => Left + Width;

    public int Bottom => Top + Height;
}
