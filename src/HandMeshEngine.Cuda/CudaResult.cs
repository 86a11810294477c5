namespace HandMeshEngine.Cuda;

/// <summary>The result codes of the CUDA driver (CUresult) that the engine tells apart; any other code may occur too.</summary>
public enum CudaResult
{
    /// <summary>The call succeeded.</summary>
    Success = 0,

    /// <summary>An argument is out of range.</summary>
    InvalidValue = 1,

    /// <summary>Host or device memory is exhausted.</summary>
    OutOfMemory = 2,

    /// <summary>cuInit was not called or failed.</summary>
    NotInitialized = 3,

    /// <summary>The driver is shutting down with the process.</summary>
    Deinitialized = 4,

    /// <summary>The library is the toolkit's link-time stub.</summary>
    StubLibrary = 34,

    /// <summary>The device is busy or not to be had (exclusive mode).</summary>
    DeviceUnavailable = 46,

    /// <summary>The driver sees no device.</summary>
    NoDevice = 100,

    /// <summary>The device ordinal is out of range.</summary>
    InvalidDevice = 101,

    /// <summary>The image is not a module.</summary>
    InvalidImage = 200,

    /// <summary>No context is current, or the handle is stale.</summary>
    InvalidContext = 201,

    /// <summary>The module holds no code for this device.</summary>
    NoBinaryForGpu = 209,

    /// <summary>An uncorrectable memory error occurred.</summary>
    EccUncorrectable = 214,

    /// <summary>The PTX does not assemble.</summary>
    InvalidPtx = 218,

    /// <summary>The driver cannot compile PTX here.</summary>
    JitCompilerNotFound = 221,

    /// <summary>The PTX is newer than the driver.</summary>
    UnsupportedPtxVersion = 222,

    /// <summary>Compiling PTX was switched off.</summary>
    JitCompilationDisabled = 223,

    /// <summary>A file was not found.</summary>
    FileNotFound = 301,

    /// <summary>The operating system refused a call.</summary>
    OperatingSystem = 304,

    /// <summary>The handle is not valid.</summary>
    InvalidHandle = 400,

    /// <summary>The named symbol is not in the module.</summary>
    NotFound = 500,

    /// <summary>The work is still running; not a failure.</summary>
    NotReady = 600,

    /// <summary>A kernel touched memory outside every allocation.</summary>
    IllegalAddress = 700,

    /// <summary>The launch asks for more registers or shared memory than there are.</summary>
    LaunchOutOfResources = 701,

    /// <summary>A kernel ran longer than the display watchdog allows.</summary>
    LaunchTimeout = 702,

    /// <summary>The context was destroyed under its user.</summary>
    ContextIsDestroyed = 709,

    /// <summary>A device-side assertion fired.</summary>
    Assert = 710,

    /// <summary>The memory is already page-locked.</summary>
    HostMemoryAlreadyRegistered = 712,

    /// <summary>A stack or a return address of the device was damaged.</summary>
    HardwareStackError = 714,

    /// <summary>A kernel met an unknown instruction.</summary>
    IllegalInstruction = 715,

    /// <summary>A kernel made a misaligned access.</summary>
    MisalignedAddress = 716,

    /// <summary>A kernel used an address of the wrong space.</summary>
    InvalidAddressSpace = 717,

    /// <summary>The program counter of a kernel went astray.</summary>
    InvalidPc = 718,

    /// <summary>A kernel failed.</summary>
    LaunchFailed = 719,

    /// <summary>A cooperative grid does not fit on the device at once.</summary>
    CooperativeLaunchTooLarge = 720,

    /// <summary>The operation is not permitted.</summary>
    NotPermitted = 800,

    /// <summary>The driver does not support the operation.</summary>
    NotSupported = 801,

    /// <summary>The system is not ready (fabric manager, persistence daemon).</summary>
    SystemNotReady = 802,

    /// <summary>Kernel module and user library have different versions.</summary>
    SystemDriverMismatch = 803,

    /// <summary>Forward compatibility is not available on this device.</summary>
    CompatNotSupportedOnDevice = 804,

    /// <summary>The operation is not allowed while the stream is captured.</summary>
    StreamCaptureUnsupported = 900,

    /// <summary>An earlier failure invalidated the capture.</summary>
    StreamCaptureInvalidated = 901,

    /// <summary>The driver does not know why.</summary>
    Unknown = 999,
}
