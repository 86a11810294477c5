namespace HandMeshEngine.Native.Abi;

/// <summary><c>handmesh_image</c>: a frame where the caller has it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeImage
{
    public uint Size;
    public int Format;
    public int Width;
    public int Height;
    public Pointers Planes;
    public Lengths PlaneBytes;
    public fixed int Strides[3];
    public int ChromaPixelStride;
    public int Matrix;
    public int Range;
    public int Siting;
    public int TurnDegrees;
    public int Mirrored;
    public int Black;
    public int White;
    public int Reserved;

    /// <summary>Size in the first version of the ABI.</summary>
    public const uint Least = 112;

    /// <summary>Addresses of the planes.</summary>
    [InlineArray(3)]
    public struct Pointers
    {
        private nint _first;
    }

    /// <summary>Bytes of the planes.</summary>
    [InlineArray(3)]
    public struct Lengths
    {
        private ulong _first;
    }

    /// <summary>A frame of tightly packed RGB.</summary>
    public static NativeImage Rgb(nint pixels, int width, int height)
    {
        var image = new NativeImage { Format = 1, Width = width, Height = height };
        image.Planes[0] = pixels;
        image.PlaneBytes[0] = (ulong)width * (ulong)height * 3;
        image.Strides[0] = width * 3;
        return image;
    }

    /// <summary>The frame as the engine takes it. Nothing is copied.</summary>
    /// <exception cref="AbiException">A field has no meaning, or a plane is missing.</exception>
    /// <exception cref="ArgumentException">A plane is too small or a stride too short.</exception>
    public readonly ImageView View()
    {
        // 0 is nothing on purpose: a zeroed struct is no image.
        PixelFormat format = Format is >= 1 and <= (int)PixelFormat.P010 + 1
            ? (PixelFormat)(Format - 1)
            : throw new AbiException(Status.InvalidArgument, $"image->format is {Format}; it must be one of handmesh_format, 1 to {(int)PixelFormat.P010 + 1}");
        YuvEncoding encoding = new(
            (YuvMatrix)Within(Matrix, (int)YuvMatrix.Bt2020, "matrix"),
            (YuvRange)Within(Range, (int)YuvRange.Full, "range"),
            (ChromaSiting)Within(Siting, (int)ChromaSiting.TopLeft, "siting"));
        ImageView view = Layout(format, encoding) with { Orientation = FrameOrientation.Turned(TurnDegrees, Mirrored != 0) };
        return view;
    }

    private readonly ImageView Layout(PixelFormat format, YuvEncoding encoding)
    {
        if (format == PixelFormat.Gray16)
        {
            return ImageView.Gray16(Plane(0), Strides[0], Width, Height, Black, White == 0 ? ushort.MaxValue : White);
        }

        if (Planes[1] == 0)
        {
            return new ImageView(Plane(0), Width, Height, Strides[0], format) with { Encoding = encoding };
        }

        return format switch
        {
            PixelFormat.Nv12 => ImageView.Nv12(Plane(0), Strides[0], Plane(1), Strides[1], Width, Height, encoding),
            PixelFormat.Nv21 => ImageView.Nv21(Plane(0), Strides[0], Plane(1), Strides[1], Width, Height, encoding),
            PixelFormat.P010 => ImageView.P010(Plane(0), Strides[0], Plane(1), Strides[1], Width, Height, encoding),
            PixelFormat.I420 when ChromaPixelStride > 1 => Strides[1] == Strides[2]
                ? ImageView.Yuv420(Plane(0), Plane(1), Plane(2), Strides[0], Strides[1], ChromaPixelStride, Width, Height, encoding)
                : throw new AbiException(Status.InvalidArgument, $"image->strides[1] {Strides[1]} and [2] {Strides[2]} differ; with a chroma_pixel_stride they must be equal"),
            PixelFormat.I420 => ImageView.I420(Plane(0), Strides[0], Plane(1), Strides[1], Plane(2), Strides[2], Width, Height, encoding),
            PixelFormat.Yv12 => ImageView.I420(Plane(0), Strides[0], Plane(2), Strides[2], Plane(1), Strides[1], Width, Height, encoding),
            _ => throw new AbiException(Status.InvalidArgument, $"image->planes[1] is set, but {format} has one plane; leave it null"),
        };
    }

    private readonly ReadOnlySpan<byte> Plane(int plane)
    {
        nint address = Planes[plane];
        ulong bytes = PlaneBytes[plane];
        return address == 0 ? throw new AbiException(Status.InvalidArgument, $"image->planes[{plane}] is null; give the address of its lowest byte")
            : bytes <= int.MaxValue ? new ReadOnlySpan<byte>((void*)address, (int)bytes)
            : throw new AbiException(Status.InvalidArgument, $"image->plane_bytes[{plane}] is {bytes}; a plane has at most {int.MaxValue} bytes");
    }

    private static int Within(int value, int most, string field) => value >= 0 && value <= most
        ? value
        : throw new AbiException(Status.InvalidArgument, $"image->{field} is {value}; it must be 0 to {most}");
}
