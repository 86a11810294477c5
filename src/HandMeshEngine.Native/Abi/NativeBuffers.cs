namespace HandMeshEngine.Native.Abi;

/// <summary><c>handmesh_buffers</c>: where depth, mask and parts go.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeBuffers
{
    public uint Size;
    public int Width;
    public int Height;
    public int AlongRay;
    public float* Depth;
    public byte* Mask;
    public byte* Parts;
    public ulong DepthCount;
    public ulong MaskCount;
    public ulong PartsCount;
    public int DepthStride;
    public int MaskStride;
    public int PartsStride;
    public float Background;

    /// <summary>Size in the first version of the ABI.</summary>
    public const uint Least = 80;

    /// <summary>The buffers as the library takes them.</summary>
    /// <exception cref="AbiException">A pointer is null and has elements, or there are more than an array may have.</exception>
    public readonly HandMeshEngine.HandBuffers Make() => new(Width, Height)
    {
        Depth = View(Depth, DepthCount, "depth"),
        DepthStride = DepthStride,
        Mask = View(Mask, MaskCount, "mask"),
        MaskStride = MaskStride,
        Parts = View(Parts, PartsCount, "parts"),
        PartsStride = PartsStride,
        Measure = AlongRay == 0 ? DepthMeasure.AlongAxis : DepthMeasure.AlongRay,
        Background = Background,
    };

    private static Span<T> View<T>(T* start, ulong count, string name)
        where T : unmanaged
    {
        if (start == null && count > 0)
        {
            throw new AbiException(Status.InvalidArgument, $"buffers->{name} is null but buffers->{name}_count is {count}; set both or neither");
        }

        if (start != null && count is 0 or > int.MaxValue)
        {
            throw new AbiException(Status.InvalidArgument, $"buffers->{name}_count is {count}; give the number of elements from the first row to the last, at most {int.MaxValue}");
        }

        return new Span<T>(start, (int)count);
    }
}
