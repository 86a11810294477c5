namespace HandMeshEngine.Compute.Backends.Cpu.Warp;

/// <summary>The caller's pixels while a run lasts.</summary>
internal sealed unsafe class ImageSource
{
    /// <summary>First byte; null outside a run.</summary>
    public byte* Pixels { get; private set; }

    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>Bytes from row to row.</summary>
    public int Stride { get; private set; }

    /// <summary>Bytes of a pixel.</summary>
    public int PixelBytes { get; private set; }

    /// <summary>Offset of red in a pixel; blue is at 2 minus this.</summary>
    public int RedOffset { get; private set; }

    /// <summary>Takes an image whose memory stays where it is until <see cref="Forget"/>.</summary>
    public void Take(ImageView image, byte* pixels)
    {
        Pixels = pixels;
        Width = image.Width;
        Height = image.Height;
        Stride = image.Stride;
        PixelBytes = image.IsEmpty ? 0 : image.PixelBytes;
        RedOffset = image.RedOffset;
    }

    /// <summary>Forgets the image.</summary>
    public void Forget() => Pixels = null;
}
