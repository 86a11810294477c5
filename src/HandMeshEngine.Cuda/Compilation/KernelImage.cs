namespace HandMeshEngine.Cuda.Compilation;

/// <summary>A compiled program.</summary>
/// <param name="Bytes">The CUBIN, or PTX text without an ending zero.</param>
/// <param name="Target">What it was compiled for.</param>
/// <param name="NvrtcVersion">By which NVRTC: 1000 * major + 10 * minor.</param>
/// <param name="Log">What NVRTC said although it succeeded: warnings, and what options such as --ptxas-options=-v ask for.</param>
public sealed record KernelImage(byte[] Bytes, KernelTarget Target, int NvrtcVersion, string Log);
