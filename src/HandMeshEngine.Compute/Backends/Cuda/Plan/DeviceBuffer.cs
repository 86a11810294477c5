namespace HandMeshEngine.Compute.Backends.Cuda.Plan;

/// <summary>Which memory a <see cref="DeviceBuffer"/> lies in.</summary>
internal enum BufferKind
{
    /// <summary>Shared by values that are not alive at the same time.</summary>
    Arena,

    /// <summary>Weights and tables, written once.</summary>
    Constant,

    /// <summary>Copied from the caller's inputs at the start of a run.</summary>
    Input,

    /// <summary>Copied to the caller's results at the end of a run.</summary>
    Output,

    /// <summary>The description of the run's image, in page-locked host memory that kernels read.</summary>
    Image,
}

/// <summary>A piece of device memory that a plan uses; it has an address when the plan's memory has been allocated.</summary>
internal sealed class DeviceBuffer(BufferKind kind, long bytes)
{
    public BufferKind Kind { get; } = kind;

    public long Bytes { get; } = bytes;

    /// <summary>Where it starts in the memory of its kind.</summary>
    public long Start { get; set; }
}

/// <summary>A parameter of a kernel: a place in a buffer, or null.</summary>
/// <param name="Buffer">The buffer; null for a null pointer.</param>
/// <param name="Offset">Bytes from its start.</param>
/// <param name="IsWritten">Whether the kernel writes there.</param>
internal readonly record struct Pointer(DeviceBuffer? Buffer, long Offset, bool IsWritten = false);
