namespace HandMeshEngine.Compute.Backends.Cpu.Warp;

/// <summary>The caller's frame while a run lasts.</summary>
internal sealed unsafe class ImageSource
{
    /// <summary>R, Y or the brightness.</summary>
    public SamplePlane First { get; private set; }

    /// <summary>G or Cb.</summary>
    public SamplePlane Second { get; private set; }

    /// <summary>B or Cr.</summary>
    public SamplePlane Third { get; private set; }

    /// <summary>Columns as stored.</summary>
    public int Width { get; private set; }

    /// <summary>Rows as stored.</summary>
    public int Height { get; private set; }

    /// <summary>What the samples are, and where.</summary>
    public PixelLayout Layout { get; private set; } = PixelLayout.Of(PixelFormat.Rgb);

    /// <summary>Samples to colours.</summary>
    public ColourRule Rule { get; private set; }

    /// <summary>Where the chroma samples lie.</summary>
    public ChromaSiting Siting { get; private set; }

    /// <summary>Upright pixels to stored ones.</summary>
    public PixelMap ToStored { get; private set; }

    /// <summary>Columns of the upright image.</summary>
    public int UprightWidth { get; private set; }

    /// <summary>Rows of the upright image.</summary>
    public int UprightHeight { get; private set; }

    /// <summary>The lens, if matrices lead to rays.</summary>
    public LensProjection? Projection { get; private set; }

    /// <summary>Takes an image whose memory stays where it is until <see cref="Forget"/>.</summary>
    public void Take(ImageView image, byte* first, byte* second, byte* third)
    {
        Layout = image.Layout;
        Width = image.StoredWidth;
        Height = image.StoredHeight;
        UprightWidth = image.Width;
        UprightHeight = image.Height;
        ToStored = PixelMap.ToStored(image.Orientation, Width, Height);
        Projection = image.Projection;
        Siting = image.Encoding.Siting;
        if (image.IsEmpty)
        {
            return;
        }

        Rule = image.Rule;
        First = Plane(image, 0, first, second, third);
        Second = Plane(image, 1, first, second, third);
        Third = Plane(image, 2, first, second, third);
    }

    /// <summary>Forgets the image.</summary>
    public void Forget()
    {
        First = Second = Third = default;
        Projection = null;
    }

    private static SamplePlane Plane(ImageView image, int index, byte* first, byte* second, byte* third)
    {
        SampleLayout sample = image.Sample(index);
        byte* start = sample.Plane == 0 ? first : sample.Plane == 1 ? second : third;
        return new SamplePlane(start + image.TopRow(sample.Plane) + sample.Offset, image.PlaneStride(sample.Plane), sample.Step);
    }
}
