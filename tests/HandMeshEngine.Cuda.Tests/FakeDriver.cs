using System.Runtime.CompilerServices;

namespace HandMeshEngine.Cuda.Tests;

/// <summary>
/// A driver table that runs nothing: it hands out handles, keeps a ledger of them, and fails on demand. One per thread, so
/// tests that use it stay on their thread.
/// </summary>
internal sealed unsafe partial class FakeDriver
{
    [ThreadStatic]
    private static FakeDriver? _current;

    private readonly Dictionary<string, CudaResult> _failures = [];
    private readonly Stack<nint> _contexts = [];
    private nint _nextHandle = 0x1000;
    private CudaResult _dead;
    private int _failAt = -1;
    private CudaResult _failCode;

    public FakeDriver()
    {
        Activate();
    }

    /// <summary>The version it reports.</summary>
    public int Version { get; init; } = 12020;

    /// <summary>The architecture of its devices.</summary>
    public int Sm { get; init; } = 86;

    /// <summary>How many devices it has.</summary>
    public int DeviceCount { get; init; } = 1;

    /// <summary>What is alive, by kind and handle.</summary>
    public HashSet<(string Kind, nint Handle)> Alive { get; } = [];

    /// <summary>The contexts pushed on this thread.</summary>
    public int ContextDepth => _contexts.Count;

    /// <summary>Every call so far.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>Whether it records nothing, so that it allocates nothing.</summary>
    public bool IsQuiet { get; set; }

    /// <summary>Makes it the one that the table of this thread means; a new one is already.</summary>
    public void Activate() => _current = this;

    /// <summary>From now on the call always fails.</summary>
    public void Fail(string call, CudaResult result) => _failures[call] = result;

    /// <summary>The call with this number (from zero, counted over all calls) fails once; a sticky failure stays.</summary>
    public void FailOnce(int number, CudaResult result)
    {
        _failAt = number;
        _failCode = result;
    }

    /// <summary>The driver, started.</summary>
    public CudaDriver Start()
    {
        CudaDriver driver = Make();
        if (driver.Start() is { } reason)
        {
            throw new CudaException(CudaErrorKind.Absent, reason);
        }

        return driver;
    }

    /// <summary>The driver, not started.</summary>
    public CudaDriver Make(string path = "/opt/fake/libcuda.so.1", bool loadsPtx = false) => new(Table(), path, loadsPtx);

    /// <summary>The table; entries that no test needs are null.</summary>
    public static DriverTable Table() => new()
    {
        Init = &Init,
        DriverGetVersion = &DriverGetVersion,
        GetErrorName = &GetErrorName,
        GetErrorString = &GetErrorString,
        DeviceGetCount = &DeviceGetCount,
        DeviceGet = &DeviceGet,
        DeviceGetName = &DeviceGetName,
        DeviceGetAttribute = &DeviceGetAttribute,
        DeviceTotalMem = &DeviceTotalMem,
        DevicePrimaryCtxRetain = &PrimaryRetain,
        DevicePrimaryCtxRelease = &PrimaryRelease,
        CtxGetCurrent = &GetCurrent,
        CtxPushCurrent = &Push,
        CtxPopCurrent = &Pop,
        CtxGetDevice = &GetContextDevice,
        MemGetInfo = &MemGetInfo,
        MemAlloc = &MemAlloc,
        MemFree = &MemFree,
        MemHostAlloc = &MemHostAlloc,
        MemFreeHost = &MemFreeHost,
        MemHostGetDevicePointer = &HostDevicePointer,
        MemcpyHtoDAsync = &CopyToDevice,
        ModuleLoadDataEx = &ModuleLoad,
        ModuleUnload = &ModuleUnload,
        ModuleGetFunction = &ModuleGetFunction,
        FuncGetAttribute = &FuncGetAttribute,
        FuncSetAttribute = &FuncSetAttribute,
        OccupancyMaxActiveBlocksPerMultiprocessor = &Occupancy,
        LaunchKernel = &LaunchKernel,
        LaunchKernelEx = &LaunchKernelEx,
        StreamCreate = &StreamCreate,
        StreamDestroy = &StreamDestroy,
        StreamSynchronize = &StreamSynchronize,
        StreamBeginCapture = &BeginCapture,
        StreamEndCapture = &EndCapture,
        EventCreate = &EventCreate,
        EventDestroy = &EventDestroy,
        EventRecord = &EventRecord,
        EventRecordWithFlags = &EventRecordWithFlags,
        GraphGetNodes = &GraphGetNodes,
        GraphInstantiate = &GraphInstantiate,
        GraphUpload = &GraphUpload,
        GraphLaunch = &GraphLaunch,
        GraphExecDestroy = &GraphExecDestroy,
        GraphDestroy = &GraphDestroy,
    };

    private static CudaResult Step([CallerMemberName] string call = "")
    {
        FakeDriver fake = _current!;
        if (fake.IsQuiet)
        {
            return CudaResult.Success;
        }

        int number = fake.Calls.Count;
        fake.Calls.Add(call);
        CudaResult result = fake._failures.GetValueOrDefault(call);
        if (number == fake._failAt)
        {
            result = fake._failCode;
        }

        if (fake._dead != CudaResult.Success && call is not (nameof(GetCurrent) or nameof(Push) or nameof(Pop) or nameof(PrimaryRelease)))
        {
            result = fake._dead;
        }

        if (CudaException.Classify(result) == CudaErrorKind.Sticky && result != CudaResult.Success)
        {
            fake._dead = result;
        }

        return result;
    }

    private static CudaResult Make(string kind, nint* handle, [CallerMemberName] string call = "")
    {
        CudaResult result = Step(call);
        if (result == CudaResult.Success)
        {
            *handle = _current!._nextHandle++;
            _current.Alive.Add((kind, *handle));
        }

        return result;
    }

    private static CudaResult End(string kind, nint handle, [CallerMemberName] string call = "")
    {
        CudaResult result = Step(call);
        return result != CudaResult.Success ? result
            : _current!.Alive.Remove((kind, handle)) ? CudaResult.Success : CudaResult.InvalidHandle;
    }

    [UnmanagedCallersOnly]
    private static CudaResult MemGetInfo(nuint* free, nuint* total)
    {
        *free = 1000;
        *total = 5000;
        return CudaResult.Success;
    }

    [UnmanagedCallersOnly]
    private static CudaResult MemAlloc(ulong* address, nuint bytes) => Make("memory", (nint*)address);

    [UnmanagedCallersOnly]
    private static CudaResult MemFree(ulong address) => End("memory", (nint)address);

    [UnmanagedCallersOnly]
    private static CudaResult MemHostAlloc(void** pointer, nuint bytes, uint flags)
    {
        CudaResult result = Step();
        if (result == CudaResult.Success)
        {
            *pointer = NativeMemory.Alloc(bytes);
            _current!.Alive.Add(("pinned", (nint)(*pointer)));
        }

        return result;
    }

    [UnmanagedCallersOnly]
    private static CudaResult MemFreeHost(void* pointer)
    {
        CudaResult result = End("pinned", (nint)pointer);
        if (result == CudaResult.Success)
        {
            NativeMemory.Free(pointer);
        }

        return result;
    }

    [UnmanagedCallersOnly]
    private static CudaResult HostDevicePointer(ulong* address, void* pointer, uint flags)
    {
        *address = (ulong)pointer;
        return Step();
    }

    [UnmanagedCallersOnly]
    private static CudaResult CopyToDevice(ulong to, void* from, nuint bytes, nint stream) => Step();

    [UnmanagedCallersOnly]
    private static CudaResult StreamCreate(nint* stream, uint flags) => Make("stream", stream);

    [UnmanagedCallersOnly]
    private static CudaResult StreamDestroy(nint stream) => End("stream", stream);

    [UnmanagedCallersOnly]
    private static CudaResult StreamSynchronize(nint stream) => Step();

    [UnmanagedCallersOnly]
    private static CudaResult BeginCapture(nint stream, int mode)
    {
        CudaResult result = Step();
        if (result == CudaResult.Success)
        {
            _current!.Alive.Add(("capture", stream));
        }

        return result;
    }

    [UnmanagedCallersOnly]
    private static CudaResult EndCapture(nint stream, nint* graph)
    {
        CudaResult result = End("capture", stream);
        return result == CudaResult.Success ? Make("graph", graph) : result;
    }

    [UnmanagedCallersOnly]
    private static CudaResult EventCreate(nint* handle, uint flags) => Make("event", handle);

    [UnmanagedCallersOnly]
    private static CudaResult EventDestroy(nint handle) => End("event", handle);

    [UnmanagedCallersOnly]
    private static CudaResult EventRecord(nint handle, nint stream) => Step();

    [UnmanagedCallersOnly]
    private static CudaResult EventRecordWithFlags(nint handle, nint stream, uint flags) => Step();

    [UnmanagedCallersOnly]
    private static CudaResult GraphGetNodes(nint graph, nint* nodes, nuint* count)
    {
        *count = 1;
        return Step();
    }

    [UnmanagedCallersOnly]
    private static CudaResult GraphInstantiate(nint* exec, nint graph, nint* node, byte* log, nuint bytes) => Make("exec", exec);

    [UnmanagedCallersOnly]
    private static CudaResult GraphUpload(nint exec, nint stream) => Step();

    [UnmanagedCallersOnly]
    private static CudaResult GraphLaunch(nint exec, nint stream) => Step();

    [UnmanagedCallersOnly]
    private static CudaResult GraphExecDestroy(nint exec) => End("exec", exec);

    [UnmanagedCallersOnly]
    private static CudaResult GraphDestroy(nint graph) => End("graph", graph);
}
