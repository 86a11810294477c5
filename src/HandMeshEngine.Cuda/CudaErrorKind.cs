namespace HandMeshEngine.Cuda;

/// <summary>What can be done about a <see cref="CudaException"/>.</summary>
public enum CudaErrorKind
{
    /// <summary>There is no usable driver, device or compiler on this machine; another backend is needed.</summary>
    Absent,

    /// <summary>An argument or handle was wrong: a defect of the calling code. Nothing is damaged.</summary>
    Caller,

    /// <summary>Something ran out (memory, an exclusive device): it may work later or with less. Nothing is damaged.</summary>
    Retry,

    /// <summary>This kernel or feature does not work on this device or driver; another variant may. Nothing is damaged.</summary>
    Variant,

    /// <summary>The context is lost: everything made in it is Faulted, and only a new process or context helps.</summary>
    Sticky,
}
