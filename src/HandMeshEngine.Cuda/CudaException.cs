namespace HandMeshEngine.Cuda;

/// <summary>The machine refused: a driver or NVRTC call failed, or there is no driver, device or compiler.</summary>
public sealed class CudaException : Exception
{
    /// <summary>Makes an exception for a state of the machine that is not the result of one call.</summary>
    /// <param name="kind">What can be done about it.</param>
    /// <param name="message">What is wrong, and what to do.</param>
    public CudaException(CudaErrorKind kind, string message)
        : base(message)
    {
        Kind = kind;
    }

    internal CudaException(CudaErrorKind kind, string call, string codeName, string message)
        : base(message)
    {
        Kind = kind;
        Call = call;
        CodeName = codeName;
    }

    private CudaException(CudaException first)
        : base($"The CUDA context failed earlier and cannot be used any more. {first.Message}", first)
    {
        Kind = first.Kind;
        Call = first.Call;
        CodeName = first.CodeName;
        Code = first.Code;
    }

    /// <summary>What can be done about it.</summary>
    public CudaErrorKind Kind { get; }

    /// <summary>The failing call, such as "cuMemAlloc"; empty if no single call failed.</summary>
    public string Call { get; } = "";

    /// <summary>The name of the failure, such as "CUDA_ERROR_OUT_OF_MEMORY"; empty if no single call failed.</summary>
    public string CodeName { get; } = "";

    /// <summary>The driver's result; <see cref="CudaResult.Success"/> if the driver did not fail.</summary>
    public CudaResult Code { get; init; }

    /// <summary>What every call on a faulted context throws: the first cause again, with a stack of its own.</summary>
    internal static CudaException Faulted(CudaException first) => new(first);

    /// <summary>The class of a driver result. A code that is not known here counts as sticky, which is the safe side.</summary>
    internal static CudaErrorKind Classify(CudaResult result) => result switch
    {
        CudaResult.StubLibrary or CudaResult.NoDevice or CudaResult.InvalidDevice or CudaResult.SystemNotReady
            or CudaResult.SystemDriverMismatch or CudaResult.CompatNotSupportedOnDevice => CudaErrorKind.Absent,
        CudaResult.InvalidValue or CudaResult.NotInitialized or CudaResult.InvalidContext or CudaResult.InvalidHandle
            or CudaResult.FileNotFound or CudaResult.NotFound or CudaResult.NotReady or CudaResult.NotPermitted
            or CudaResult.HostMemoryAlreadyRegistered => CudaErrorKind.Caller,
        >= CudaResult.StreamCaptureUnsupported and <= LastStreamCapture => CudaErrorKind.Caller,
        CudaResult.OutOfMemory or CudaResult.DeviceUnavailable or CudaResult.OperatingSystem => CudaErrorKind.Retry,
        CudaResult.InvalidImage or CudaResult.NoBinaryForGpu or CudaResult.InvalidPtx or CudaResult.JitCompilerNotFound
            or CudaResult.UnsupportedPtxVersion or CudaResult.JitCompilationDisabled or CudaResult.LaunchOutOfResources
            or CudaResult.CooperativeLaunchTooLarge or CudaResult.NotSupported => CudaErrorKind.Variant,
        _ => CudaErrorKind.Sticky,
    };

    private const CudaResult LastStreamCapture = (CudaResult)908;
}
