namespace HandMeshEngine.Compute.Backends.Cpu.Warp;

/// <summary>The chroma samples of a frame: their number, and position = pixel position times scale minus shift (docs/frames.md).</summary>
internal readonly record struct ChromaGrid(int Width, int Height, double ScaleX, double ScaleY, double ShiftX, double ShiftY)
{
    public static ChromaGrid Of(ImageSource image)
    {
        PixelLayout layout = image.Layout;
        double shiftX = image.Siting == ChromaSiting.Center ? 0.25 : 0, shiftY = image.Siting == ChromaSiting.TopLeft ? 0 : 0.25;
        return new(
            (image.Width + layout.ShiftX) >> layout.ShiftX,
            (image.Height + layout.ShiftY) >> layout.ShiftY,
            0.5,
            layout.ShiftY == 1 ? 0.5 : 1,
            shiftX,
            layout.ShiftY == 1 ? shiftY : 0);
    }
}
