namespace PtxSimulator.Driver;

internal sealed unsafe partial class SimulatedDriver
{
    private nint Pin(Delegate entry)
    {
        _alive.Add(entry);
        return Marshal.GetFunctionPointerForDelegate(entry);
    }

    private DriverTable MakeTable() => new()
    {
        Init = (delegate* unmanaged<uint, CudaResult>)Pin((InitCall)Init),
        DriverGetVersion = (delegate* unmanaged<int*, CudaResult>)Pin((NumberCall)DriverGetVersion),
        GetErrorName = (delegate* unmanaged<CudaResult, byte**, CudaResult>)Pin((TextCall)((code, text) => ErrorText(code, text, false))),
        GetErrorString = (delegate* unmanaged<CudaResult, byte**, CudaResult>)Pin((TextCall)((code, text) => ErrorText(code, text, true))),
        DeviceGetCount = (delegate* unmanaged<int*, CudaResult>)Pin((NumberCall)DeviceGetCount),
        DeviceGet = (delegate* unmanaged<int*, int, CudaResult>)Pin((DeviceGetCall)DeviceGet),
        DeviceGetName = (delegate* unmanaged<byte*, int, int, CudaResult>)Pin((DeviceNameCall)DeviceGetName),
        DeviceGetAttribute = (delegate* unmanaged<int*, DeviceAttribute, int, CudaResult>)Pin((DeviceAttributeCall)DeviceGetAttribute),
        DeviceTotalMem = (delegate* unmanaged<nuint*, int, CudaResult>)Pin((DeviceMemoryCall)DeviceTotalMem),
        DevicePrimaryCtxRetain = (delegate* unmanaged<nint*, int, CudaResult>)Pin((RetainCall)PrimaryRetain),
        DevicePrimaryCtxRelease = (delegate* unmanaged<int, CudaResult>)Pin((DeviceCall)PrimaryRelease),
        CtxGetCurrent = (delegate* unmanaged<nint*, CudaResult>)Pin((HandleOutCall)ContextGetCurrent),
        CtxPushCurrent = (delegate* unmanaged<nint, CudaResult>)Pin((HandleCall)ContextPush),
        CtxPopCurrent = (delegate* unmanaged<nint*, CudaResult>)Pin((HandleOutCall)ContextPop),
        CtxGetDevice = (delegate* unmanaged<int*, CudaResult>)Pin((NumberCall)ContextGetDevice),
        ModuleLoadDataEx = (delegate* unmanaged<nint*, void*, uint, int*, void**, CudaResult>)Pin((ModuleLoadCall)ModuleLoad),
        ModuleUnload = (delegate* unmanaged<nint, CudaResult>)Pin((HandleCall)ModuleUnload),
        ModuleGetFunction = (delegate* unmanaged<nint*, nint, byte*, CudaResult>)Pin((FunctionCall)ModuleGetFunction),
        FuncGetAttribute = (delegate* unmanaged<int*, FunctionAttribute, nint, CudaResult>)Pin((FunctionAttributeCall)FunctionGetAttribute),
        FuncSetAttribute = (delegate* unmanaged<nint, FunctionAttribute, int, CudaResult>)Pin((FunctionSetCall)FunctionSetAttribute),
        OccupancyMaxActiveBlocksPerMultiprocessor = (delegate* unmanaged<int*, nint, int, nuint, CudaResult>)Pin((OccupancyCall)Occupancy),
        MemGetInfo = (delegate* unmanaged<nuint*, nuint*, CudaResult>)Pin((MemoryInfoCall)MemoryInfo),
        MemAlloc = (delegate* unmanaged<ulong*, nuint, CudaResult>)Pin((MemoryAllocCall)MemoryAlloc),
        MemFree = (delegate* unmanaged<ulong, CudaResult>)Pin((AddressCall)MemoryFree),
        MemHostAlloc = (delegate* unmanaged<void**, nuint, uint, CudaResult>)Pin((HostAllocCall)HostAlloc),
        MemFreeHost = (delegate* unmanaged<void*, CudaResult>)Pin((PointerCall)HostFree),
        MemHostGetDevicePointer = (delegate* unmanaged<ulong*, void*, uint, CudaResult>)Pin((DevicePointerCall)HostDevicePointer),
        MemcpyHtoDAsync = (delegate* unmanaged<ulong, void*, nuint, nint, CudaResult>)Pin((UploadCall)Upload),
        MemcpyDtoHAsync = (delegate* unmanaged<void*, ulong, nuint, nint, CudaResult>)Pin((DownloadCall)Download),
        MemcpyDtoDAsync = (delegate* unmanaged<ulong, ulong, nuint, nint, CudaResult>)Pin((DeviceCopyCall)DeviceCopy),
        MemsetD8Async = (delegate* unmanaged<ulong, byte, nuint, nint, CudaResult>)Pin((FillCall)Fill),
        StreamCreate = (delegate* unmanaged<nint*, uint, CudaResult>)Pin((CreateCall)StreamCreate),
        StreamDestroy = (delegate* unmanaged<nint, CudaResult>)Pin((HandleCall)StreamDestroy),
        StreamSynchronize = (delegate* unmanaged<nint, CudaResult>)Pin((HandleCall)StreamSynchronize),
        StreamWaitEvent = (delegate* unmanaged<nint, nint, uint, CudaResult>)Pin((WaitEventCall)StreamWaitEvent),
        StreamBeginCapture = (delegate* unmanaged<nint, int, CudaResult>)Pin((BeginCaptureCall)BeginCapture),
        StreamEndCapture = (delegate* unmanaged<nint, nint*, CudaResult>)Pin((EndCaptureCall)EndCapture),
        EventCreate = (delegate* unmanaged<nint*, uint, CudaResult>)Pin((CreateCall)EventCreate),
        EventDestroy = (delegate* unmanaged<nint, CudaResult>)Pin((HandleCall)EventDestroy),
        EventRecord = (delegate* unmanaged<nint, nint, CudaResult>)Pin((HandlesCall)EventRecord),
        EventRecordWithFlags = (delegate* unmanaged<nint, nint, uint, CudaResult>)Pin((HandlesFlagsCall)EventRecordWithFlags),
        EventQuery = (delegate* unmanaged<nint, CudaResult>)Pin((HandleCall)EventQuery),
        EventSynchronize = (delegate* unmanaged<nint, CudaResult>)Pin((HandleCall)EventSynchronize),
        EventElapsedTime = (delegate* unmanaged<float*, nint, nint, CudaResult>)Pin((ElapsedCall)EventElapsed),
        LaunchKernel = (delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, CudaResult>)Pin((LaunchCall)Launch),
        LaunchKernelEx = (delegate* unmanaged<LaunchConfig*, nint, void**, void**, CudaResult>)Pin((LaunchExCall)LaunchEx),
        GraphGetNodes = (delegate* unmanaged<nint, nint*, nuint*, CudaResult>)Pin((GraphNodesCall)GraphGetNodes),
        GraphInstantiateWithFlags = (delegate* unmanaged<nint*, nint, ulong, CudaResult>)Pin((InstantiateFlagsCall)GraphInstantiateWithFlags),
        GraphInstantiate = (delegate* unmanaged<nint*, nint, nint*, byte*, nuint, CudaResult>)Pin((InstantiateCall)GraphInstantiate),
        GraphUpload = (delegate* unmanaged<nint, nint, CudaResult>)Pin((HandlesCall)GraphUpload),
        GraphLaunch = (delegate* unmanaged<nint, nint, CudaResult>)Pin((HandlesCall)GraphLaunch),
        GraphExecDestroy = (delegate* unmanaged<nint, CudaResult>)Pin((HandleCall)GraphExecDestroy),
        GraphDestroy = (delegate* unmanaged<nint, CudaResult>)Pin((HandleCall)GraphDestroy),
    };
}
