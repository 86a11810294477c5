namespace HandMeshEngine.Cuda.Native;

/// <summary>CUlaunchConfig, the argument of cuLaunchKernelEx.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct LaunchConfig
{
    /// <summary>Blocks along x, y, z.</summary>
    public uint GridX, GridY, GridZ;

    /// <summary>Threads of a block along x, y, z.</summary>
    public uint BlockX, BlockY, BlockZ;

    /// <summary>Dynamic shared memory in bytes.</summary>
    public uint SharedBytes;

    /// <summary>The stream.</summary>
    public nint Stream;

    /// <summary>The launch attributes.</summary>
    public LaunchAttribute* Attributes;

    /// <summary>How many attributes there are.</summary>
    public uint AttributeCount;
}
