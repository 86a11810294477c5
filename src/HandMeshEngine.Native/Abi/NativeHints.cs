namespace HandMeshEngine.Native.Abi;

/// <summary><c>handmesh_hints</c>: what the caller knows about an image. Zero means unknown.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeHints
{
    public uint Size;
    public int Handedness;
    public double BoxX;
    public double BoxY;
    public double BoxWidth;
    public double BoxHeight;
    public double HandSize;
    public double RootDepth;
    public double BoneLength;

    /// <summary>Size in the first version of the ABI.</summary>
    public const uint Least = 64;

    /// <summary>The same bytes: the options that were made last still hold.</summary>
    public readonly bool Is(in NativeHints other) => MemoryMarshal.AsBytes(new ReadOnlySpan<NativeHints>(in this))
        .SequenceEqual(MemoryMarshal.AsBytes(new ReadOnlySpan<NativeHints>(in other)));

    /// <summary>The options that these are.</summary>
    /// <exception cref="AbiException">A field has no meaning.</exception>
    public readonly PredictOptions Make() => new()
    {
        // A box that is not all zero is meant, and the engine says what is wrong with it.
        Box = BoxX == 0 && BoxY == 0 && BoxWidth == 0 && BoxHeight == 0 ? null : new HandBox(BoxX, BoxY, BoxWidth, BoxHeight),
        Handedness = Handedness switch
        {
            0 => null,
            1 => HandMeshEngine.Handedness.Left,
            2 => HandMeshEngine.Handedness.Right,
            int other => throw new AbiException(Status.InvalidArgument, $"hints->handedness is {other}; it must be 0 (unknown), 1 (left) or 2 (right)"),
        },
        HandSize = Known(HandSize),
        RootDepth = Known(RootDepth),
        BoneLength = Known(BoneLength),
    };

    private static double? Known(double metres) => metres == 0 ? null : metres;
}
