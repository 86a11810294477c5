namespace HandMeshEngine.Cuda;

/// <summary>The device attributes (CUdevice_attribute) that the engine asks for.</summary>
public enum DeviceAttribute
{
    /// <summary>Threads in a block, at most.</summary>
    MaxThreadsPerBlock = 1,

    /// <summary>Blocks of a grid along x, at most.</summary>
    MaxGridDimX = 5,

    /// <summary>Blocks of a grid along y, at most.</summary>
    MaxGridDimY = 6,

    /// <summary>Blocks of a grid along z, at most.</summary>
    MaxGridDimZ = 7,

    /// <summary>Shared memory of a block in bytes without asking for more.</summary>
    MaxSharedMemoryPerBlock = 8,

    /// <summary>Threads of a warp.</summary>
    WarpSize = 10,

    /// <summary>Top SM clock in kHz.</summary>
    ClockRateKHz = 13,

    /// <summary>Number of SMs.</summary>
    MultiprocessorCount = 16,

    /// <summary>Whether kernels can read mapped host memory.</summary>
    CanMapHostMemory = 19,

    /// <summary>Top memory clock in kHz.</summary>
    MemoryClockRateKHz = 36,

    /// <summary>Width of the memory bus in bits.</summary>
    GlobalMemoryBusWidth = 37,

    /// <summary>L2 cache in bytes.</summary>
    L2CacheSize = 38,

    /// <summary>Threads of an SM, at most.</summary>
    MaxThreadsPerMultiprocessor = 39,

    /// <summary>First digit of the compute capability.</summary>
    ComputeCapabilityMajor = 75,

    /// <summary>Second digit of the compute capability.</summary>
    ComputeCapabilityMinor = 76,

    /// <summary>Shared memory of an SM in bytes.</summary>
    MaxSharedMemoryPerMultiprocessor = 81,

    /// <summary>32-bit registers of an SM.</summary>
    MaxRegistersPerMultiprocessor = 82,

    /// <summary>Whether a grid may be launched cooperatively.</summary>
    CooperativeLaunch = 95,

    /// <summary>Shared memory of a block in bytes after asking for more.</summary>
    MaxSharedMemoryPerBlockOptin = 97,
}
