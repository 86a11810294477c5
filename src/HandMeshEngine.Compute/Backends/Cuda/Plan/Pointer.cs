using HandMeshEngine.Compute.Planning.Memory;

namespace HandMeshEngine.Compute.Backends.Cuda.Plan;

/// <summary>A parameter of a kernel: an address in a buffer, or null.</summary>
/// <param name="Buffer">The buffer; null for a null pointer.</param>
/// <param name="Offset">Bytes from its start.</param>
/// <param name="IsWritten">Whether the kernel writes there.</param>
internal readonly record struct Pointer(PlanBuffer? Buffer, long Offset, bool IsWritten = false);
