namespace HandMeshEngine.Native.Abi;

/// <summary><c>handmesh_camera</c>: intrinsics and lens.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeCamera
{
    private const int MostCoefficients = 14;

    public uint Size;
    public int Source;
    public double Fx;
    public double Fy;
    public double Cx;
    public double Cy;
    public int Width;
    public int Height;
    public int Lens;
    public int CoefficientCount;
    public fixed double Coefficients[MostCoefficients];
    public int AllowPartial;
    public int Reserved;

    /// <summary>Size in the first version of the ABI.</summary>
    public const uint Least = 176;

    /// <summary>The same bytes: the camera that was made last still holds.</summary>
    public readonly bool Is(in NativeCamera other) => MemoryMarshal.AsBytes(new ReadOnlySpan<NativeCamera>(in this))
        .SequenceEqual(MemoryMarshal.AsBytes(new ReadOnlySpan<NativeCamera>(in other)));

    /// <summary>The camera of a frame of this stored size and orientation.</summary>
    /// <exception cref="AbiException">A field has no meaning.</exception>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public readonly Camera Make(FrameOrientation orientation)
    {
        if (Source is not (0 or 1))
        {
            throw new AbiException(Status.InvalidArgument, $"camera->source is {Source}; it must be 0 (given) or 1 (guess)");
        }

        if (Lens == 0 && CoefficientCount != 0)
        {
            throw new AbiException(Status.InvalidArgument, $"camera->coefficient_count is {CoefficientCount} without a lens; set camera->lens to its model");
        }

        Camera camera = Source == 1
            ? Camera.Guess(Width, Height)
            : new Camera(Fx, Fy, Cx, Cy, Width == 0 ? null : Width, Height == 0 ? null : Height);
        if (Lens != 0)
        {
            camera = camera.WithLens(ReadLens(), AllowPartial != 0);
        }

        return orientation == FrameOrientation.Upright ? camera : camera.Oriented(orientation);
    }

    /// <summary>The numbers of a camera that was not turned.</summary>
    public static NativeCamera From(Camera camera)
    {
        var native = new NativeCamera
        {
            Source = camera.Source == CameraSource.Guess ? 1 : 0,
            Fx = camera.Fx,
            Fy = camera.Fy,
            Cx = camera.Cx,
            Cy = camera.Cy,
            Width = camera.Width ?? 0,
            Height = camera.Height ?? 0,
            AllowPartial = camera.CoversFrame ? 0 : 1,
        };
        if (camera.Lens is { } lens)
        {
            native.Lens = (int)lens.Model + 1;
            native.CoefficientCount = lens.Coefficients.Length;
            lens.Coefficients.CopyTo(new Span<double>(native.Coefficients, MostCoefficients));
        }

        return native;
    }

    private readonly Lens ReadLens()
    {
        if (CoefficientCount is < 0 or > MostCoefficients)
        {
            throw new AbiException(Status.InvalidArgument, $"camera->coefficient_count is {CoefficientCount}; it must be 0 to {MostCoefficients}");
        }

        ReadOnlySpan<double> values = MemoryMarshal.CreateReadOnlySpan(in Coefficients[0], CoefficientCount);
        return (Lens - 1) switch
        {
            (int)LensModel.Pinhole => Expect(0) ? HandMeshEngine.Lens.Pinhole : throw Wrong(0),
            (int)LensModel.BrownConrady => HandMeshEngine.Lens.BrownConrady(values),
            (int)LensModel.ModifiedBrownConrady => HandMeshEngine.Lens.ModifiedBrownConrady(values),
            (int)LensModel.Fisheye => HandMeshEngine.Lens.Fisheye(values),
            (int)LensModel.FieldOfView => Expect(1) ? HandMeshEngine.Lens.FieldOfView(values[0]) : throw Wrong(1),
            (int)LensModel.Omnidirectional => Expect(5)
                ? HandMeshEngine.Lens.Omnidirectional(values[0], values[1], values[2], values[3], values[4])
                : throw Wrong(5),
            (int)LensModel.DoubleSphere => Expect(2) ? HandMeshEngine.Lens.DoubleSphere(values[0], values[1]) : throw Wrong(2),
            (int)LensModel.ExtendedUnified => Expect(2) ? HandMeshEngine.Lens.ExtendedUnified(values[0], values[1]) : throw Wrong(2),
            _ => throw new AbiException(Status.InvalidArgument, $"camera->lens is {Lens}; it must be one of handmesh_lens, 0 to {(int)LensModel.ExtendedUnified + 1}"),
        };
    }

    private readonly bool Expect(int count) => CoefficientCount == count;

    private readonly AbiException Wrong(int count) =>
        new(Status.InvalidArgument, $"camera->coefficient_count is {CoefficientCount}; this lens has {count}");
}
