namespace HandMeshEngine.Cuda.Compilation;

/// <summary>What NVRTC makes of a program.</summary>
public enum KernelImageKind
{
    /// <summary>Machine code for one architecture.</summary>
    Cubin,

    /// <summary>PTX text, which a driver (or a simulator) translates at load.</summary>
    Ptx,
}
