namespace HandMeshEngine.Compute.Backends.Cuda.Plan;

/// <summary>What warpnormalize.cu knows of the run's frame: its struct Image, field by field.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ImageBlock
{
    /// <summary>Size of the struct.</summary>
    public static readonly int Bytes = sizeof(ImageBlock);

    /// <summary>Where the three samples of the top left pixel lie.</summary>
    public SamplePointers Samples;

    /// <summary>Bytes from one row of samples to the next.</summary>
    public Triple Rows;

    /// <summary>Bytes from one sample of a row to the next.</summary>
    public Triple Steps;

    public int Kind;
    public int SampleBytes;
    public int ShiftX;
    public int ShiftY;
    public int Width;
    public int Height;
    public int UprightWidth;
    public int UprightHeight;
    public PixelMap ToStored;

    public float Unit;
    public float Scale;
    public float Zero;
    public float RedFromCr;
    public float GreenFromCb;
    public float GreenFromCr;
    public float BlueFromCb;
    public float ChromaX;
    public float ChromaY;

    /// <summary>0: matrices lead to pixels; else the <see cref="LensModel"/> plus 1.</summary>
    public int Lens;
    public double Fx;
    public double Fy;
    public double Cx;
    public double Cy;
    public double Limit;
    public LensNumbers Numbers;

    /// <summary>Describes an image whose planes lie at these addresses, top rows first.</summary>
    /// <param name="image">The image.</param>
    /// <param name="first">The top row of the first plane; likewise of the others.</param>
    /// <param name="second">Zero if there is none.</param>
    /// <param name="third">Zero if there is none.</param>
    /// <param name="packed">Whether rows lie there without gaps; else as the image says.</param>
    public static ImageBlock Of(ImageView image, ulong first, ulong second, ulong third, bool packed)
    {
        PixelLayout layout = image.Layout;
        ColourRule rule = image.Rule;
        ChromaSiting siting = image.Encoding.Siting;
        var block = new ImageBlock
        {
            Kind = (int)layout.Kind,
            SampleBytes = layout.SampleBytes,
            ShiftX = layout.ShiftX,
            ShiftY = layout.ShiftY,
            Width = image.StoredWidth,
            Height = image.StoredHeight,
            UprightWidth = image.Width,
            UprightHeight = image.Height,
            ToStored = PixelMap.ToStored(image.Orientation, image.StoredWidth, image.StoredHeight),
            Unit = (float)rule.Unit,
            Scale = (float)rule.Scale,
            Zero = (float)rule.Zero,
            RedFromCr = (float)rule.RedFromCr,
            GreenFromCb = (float)rule.GreenFromCb,
            GreenFromCr = (float)rule.GreenFromCr,
            BlueFromCb = (float)rule.BlueFromCb,
            ChromaX = siting == ChromaSiting.Center ? 0.25f : 0,
            ChromaY = layout.ShiftY == 0 || siting == ChromaSiting.TopLeft ? 0 : 0.25f,
        };
        for (int i = 0; i < 3; i++)
        {
            SampleLayout sample = image.Sample(i);
            ulong plane = sample.Plane == 0 ? first : sample.Plane == 1 ? second : third;
            block.Samples[i] = plane + (ulong)sample.Offset;
            block.Rows[i] = packed ? (int)image.RowBytes(sample.Plane) : image.PlaneStride(sample.Plane);
            block.Steps[i] = sample.Step;
        }

        if (image.Projection is { } projection)
        {
            block.Lens = (int)projection.Lens.Model + 1;
            (block.Fx, block.Fy, block.Cx, block.Cy) = (projection.Fx, projection.Fy, projection.Cx, projection.Cy);
            block.Limit = projection.Lens.Limit;
            block.Numbers = LensNumbers.Of(projection.Lens);
        }

        return block;
    }
}

/// <summary>Three addresses.</summary>
[InlineArray(3)]
internal struct SamplePointers
{
    private ulong _first;
}

/// <summary>Three whole numbers.</summary>
[InlineArray(3)]
internal struct Triple
{
    private int _first;
}

/// <summary>
/// Numbers of a lens, each at a fixed place: k1 k2 p1 p2 k3 k4 k5 k6 s1 s2 s3 s4, xi or the other models' own two, and the tilt matrix.
/// </summary>
[InlineArray(Count)]
internal struct LensNumbers
{
    /// <summary>Polynomials, two numbers of the model, whether there is a tilt, its matrix.</summary>
    public const int Count = 12 + 2 + 1 + 9;

    private double _first;

    /// <summary>The numbers of a lens.</summary>
    public static LensNumbers Of(Lens lens)
    {
        var numbers = default(LensNumbers);
        ReadOnlySpan<double> c = lens.Coefficients;
        bool isPlane = lens.Model is LensModel.BrownConrady or LensModel.ModifiedBrownConrady or LensModel.Fisheye;
        ReadOnlySpan<double> plane = isPlane ? c[..Math.Min(c.Length, 12)] : lens.Model == LensModel.Omnidirectional ? c[1..] : [];
        plane.CopyTo(numbers);
        ReadOnlySpan<double> own = isPlane ? [] : c[..Math.Min(c.Length, lens.Model == LensModel.Omnidirectional ? 1 : 2)];
        own.CopyTo(numbers[12..]);
        if (lens.Model == LensModel.FieldOfView)
        {
            numbers[13] = 2 * Math.Tan(c[0] / 2);
        }

        if (lens.Plane.Tilt is { } tilt)
        {
            numbers[14] = 1;
            tilt.CopyTo(numbers[15..]);
        }

        return numbers;
    }
}
