namespace HandMeshEngine.Cuda.Native;

/// <summary>CUlaunchAttribute: an id and a value of 64 bytes, of which the engine only uses one integer.</summary>
[StructLayout(LayoutKind.Explicit, Size = 72)]
public struct LaunchAttribute
{
    /// <summary>CU_LAUNCH_ATTRIBUTE_COOPERATIVE: all blocks of the grid are resident at once.</summary>
    public const int Cooperative = 2;

    /// <summary>CU_LAUNCH_ATTRIBUTE_PROGRAMMATIC_STREAM_SERIALIZATION: the kernel may start before its predecessor ends.</summary>
    public const int ProgrammaticStreamSerialization = 6;

    /// <summary>Which attribute.</summary>
    [FieldOffset(0)]
    public int Id;

    /// <summary>Its value.</summary>
    [FieldOffset(8)]
    public int Value;
}
