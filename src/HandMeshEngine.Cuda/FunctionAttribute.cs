namespace HandMeshEngine.Cuda;

/// <summary>The kernel attributes (CUfunction_attribute) that the engine reads or sets.</summary>
public enum FunctionAttribute
{
    /// <summary>Threads of a block this kernel can run with, at most.</summary>
    MaxThreadsPerBlock = 0,

    /// <summary>Static shared memory in bytes.</summary>
    SharedSizeBytes = 1,

    /// <summary>Constant memory in bytes.</summary>
    ConstSizeBytes = 2,

    /// <summary>Local memory (stack and spills) of a thread in bytes.</summary>
    LocalSizeBytes = 3,

    /// <summary>Registers of a thread.</summary>
    RegisterCount = 4,

    /// <summary>The virtual architecture it was compiled for: 90 for compute_90.</summary>
    PtxVersion = 5,

    /// <summary>Compute capability of the binary times ten.</summary>
    BinaryVersion = 6,

    /// <summary>Dynamic shared memory in bytes a launch may ask for; may be set.</summary>
    MaxDynamicSharedSizeBytes = 8,

    /// <summary>Percent of an SM's memory that should be shared memory; may be set.</summary>
    PreferredSharedMemoryCarveout = 9,
}
