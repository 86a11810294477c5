namespace HandMeshEngine.Cuda.Native;

/// <summary>
/// The CUDA driver as the engine sees it: one function pointer per entry. Everything above goes through such a table, so a
/// simulator can stand in for the driver (<see cref="CudaDriver.Use"/>). Handles are <c>nint</c>, device pointers <c>ulong</c>,
/// sizes <c>nuint</c>, and every entry returns a CUresult. A field is named as its export without the prefix "cu" and the
/// suffix "_v2". All fields must be set except those documented as optional.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct DriverTable
{
    /// <summary>cuInit(flags).</summary>
    public delegate* unmanaged<uint, CudaResult> Init;

    /// <summary>cuDriverGetVersion(version): 1000 * major + 10 * minor; works before Init.</summary>
    public delegate* unmanaged<int*, CudaResult> DriverGetVersion;

    /// <summary>cuGetErrorName(code, name): a static zero-ended string.</summary>
    public delegate* unmanaged<CudaResult, byte**, CudaResult> GetErrorName;

    /// <summary>cuGetErrorString(code, text): a static zero-ended string.</summary>
    public delegate* unmanaged<CudaResult, byte**, CudaResult> GetErrorString;

    /// <summary>cuDeviceGetCount(count).</summary>
    public delegate* unmanaged<int*, CudaResult> DeviceGetCount;

    /// <summary>cuDeviceGet(device, ordinal).</summary>
    public delegate* unmanaged<int*, int, CudaResult> DeviceGet;

    /// <summary>cuDeviceGetName(name, length, device).</summary>
    public delegate* unmanaged<byte*, int, int, CudaResult> DeviceGetName;

    /// <summary>cuDeviceGetAttribute(value, attribute, device).</summary>
    public delegate* unmanaged<int*, DeviceAttribute, int, CudaResult> DeviceGetAttribute;

    /// <summary>cuDeviceTotalMem_v2(bytes, device).</summary>
    public delegate* unmanaged<nuint*, int, CudaResult> DeviceTotalMem;

    /// <summary>cuDevicePrimaryCtxRetain(context, device).</summary>
    public delegate* unmanaged<nint*, int, CudaResult> DevicePrimaryCtxRetain;

    /// <summary>cuDevicePrimaryCtxRelease_v2(device).</summary>
    public delegate* unmanaged<int, CudaResult> DevicePrimaryCtxRelease;

    /// <summary>cuCtxGetCurrent(context): zero if none is current.</summary>
    public delegate* unmanaged<nint*, CudaResult> CtxGetCurrent;

    /// <summary>cuCtxPushCurrent_v2(context).</summary>
    public delegate* unmanaged<nint, CudaResult> CtxPushCurrent;

    /// <summary>cuCtxPopCurrent_v2(context).</summary>
    public delegate* unmanaged<nint*, CudaResult> CtxPopCurrent;

    /// <summary>cuCtxGetDevice(device): of the current context.</summary>
    public delegate* unmanaged<int*, CudaResult> CtxGetDevice;

    /// <summary>cuModuleLoadDataEx(module, image, optionCount, options, optionValues); an image of PTX ends with a zero.</summary>
    public delegate* unmanaged<nint*, void*, uint, int*, void**, CudaResult> ModuleLoadDataEx;

    /// <summary>cuModuleUnload(module).</summary>
    public delegate* unmanaged<nint, CudaResult> ModuleUnload;

    /// <summary>cuModuleGetFunction(function, module, name).</summary>
    public delegate* unmanaged<nint*, nint, byte*, CudaResult> ModuleGetFunction;

    /// <summary>cuFuncGetAttribute(value, attribute, function).</summary>
    public delegate* unmanaged<int*, FunctionAttribute, nint, CudaResult> FuncGetAttribute;

    /// <summary>cuFuncSetAttribute(function, attribute, value).</summary>
    public delegate* unmanaged<nint, FunctionAttribute, int, CudaResult> FuncSetAttribute;

    /// <summary>cuOccupancyMaxActiveBlocksPerMultiprocessor(blocks, function, blockSize, dynamicSharedBytes).</summary>
    public delegate* unmanaged<int*, nint, int, nuint, CudaResult> OccupancyMaxActiveBlocksPerMultiprocessor;

    /// <summary>cuMemGetInfo_v2(free, total).</summary>
    public delegate* unmanaged<nuint*, nuint*, CudaResult> MemGetInfo;

    /// <summary>cuMemAlloc_v2(address, bytes): aligned to 256 bytes at least.</summary>
    public delegate* unmanaged<ulong*, nuint, CudaResult> MemAlloc;

    /// <summary>cuMemFree_v2(address).</summary>
    public delegate* unmanaged<ulong, CudaResult> MemFree;

    /// <summary>cuMemHostAlloc(pointer, bytes, flags): 1 portable, 2 device-mapped, 4 write-combined.</summary>
    public delegate* unmanaged<void**, nuint, uint, CudaResult> MemHostAlloc;

    /// <summary>cuMemFreeHost(pointer).</summary>
    public delegate* unmanaged<void*, CudaResult> MemFreeHost;

    /// <summary>cuMemHostGetDevicePointer_v2(address, pointer, flags).</summary>
    public delegate* unmanaged<ulong*, void*, uint, CudaResult> MemHostGetDevicePointer;

    /// <summary>cuMemcpyHtoDAsync_v2(to, from, bytes, stream).</summary>
    public delegate* unmanaged<ulong, void*, nuint, nint, CudaResult> MemcpyHtoDAsync;

    /// <summary>cuMemcpyDtoHAsync_v2(to, from, bytes, stream).</summary>
    public delegate* unmanaged<void*, ulong, nuint, nint, CudaResult> MemcpyDtoHAsync;

    /// <summary>cuMemcpyDtoDAsync_v2(to, from, bytes, stream).</summary>
    public delegate* unmanaged<ulong, ulong, nuint, nint, CudaResult> MemcpyDtoDAsync;

    /// <summary>cuMemsetD8Async(to, value, bytes, stream).</summary>
    public delegate* unmanaged<ulong, byte, nuint, nint, CudaResult> MemsetD8Async;

    /// <summary>cuStreamCreate(stream, flags): 1 does not synchronise with the default stream.</summary>
    public delegate* unmanaged<nint*, uint, CudaResult> StreamCreate;

    /// <summary>cuStreamDestroy_v2(stream).</summary>
    public delegate* unmanaged<nint, CudaResult> StreamDestroy;

    /// <summary>cuStreamSynchronize(stream).</summary>
    public delegate* unmanaged<nint, CudaResult> StreamSynchronize;

    /// <summary>cuStreamWaitEvent(stream, event, flags).</summary>
    public delegate* unmanaged<nint, nint, uint, CudaResult> StreamWaitEvent;

    /// <summary>cuStreamBeginCapture_v2(stream, mode): 0 global, 1 thread-local, 2 relaxed.</summary>
    public delegate* unmanaged<nint, int, CudaResult> StreamBeginCapture;

    /// <summary>cuStreamEndCapture(stream, graph).</summary>
    public delegate* unmanaged<nint, nint*, CudaResult> StreamEndCapture;

    /// <summary>cuEventCreate(event, flags): 1 blocking wait, 2 without timing.</summary>
    public delegate* unmanaged<nint*, uint, CudaResult> EventCreate;

    /// <summary>cuEventDestroy_v2(event).</summary>
    public delegate* unmanaged<nint, CudaResult> EventDestroy;

    /// <summary>cuEventRecord(event, stream).</summary>
    public delegate* unmanaged<nint, nint, CudaResult> EventRecord;

    /// <summary>cuEventRecordWithFlags(event, stream, flags): 1 records, in a capture, a node of the graph.</summary>
    public delegate* unmanaged<nint, nint, uint, CudaResult> EventRecordWithFlags;

    /// <summary>cuEventQuery(event): NotReady until it has happened.</summary>
    public delegate* unmanaged<nint, CudaResult> EventQuery;

    /// <summary>cuEventSynchronize(event).</summary>
    public delegate* unmanaged<nint, CudaResult> EventSynchronize;

    /// <summary>cuEventElapsedTime(milliseconds, start, end).</summary>
    public delegate* unmanaged<float*, nint, nint, CudaResult> EventElapsedTime;

    /// <summary>cuLaunchKernel(function, grid x y z, block x y z, dynamicSharedBytes, stream, parameters, extra).</summary>
    public delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, CudaResult> LaunchKernel;

    /// <summary>cuLaunchKernelEx(config, function, parameters, extra). Optional: drivers before 11.8 lack it.</summary>
    public delegate* unmanaged<LaunchConfig*, nint, void**, void**, CudaResult> LaunchKernelEx;

    /// <summary>cuGraphGetNodes(graph, nodes, count): with null nodes, only the count.</summary>
    public delegate* unmanaged<nint, nint*, nuint*, CudaResult> GraphGetNodes;

    /// <summary>cuGraphInstantiateWithFlags(exec, graph, flags). Optional: drivers before 11.4 lack it.</summary>
    public delegate* unmanaged<nint*, nint, ulong, CudaResult> GraphInstantiateWithFlags;

    /// <summary>cuGraphInstantiate_v2(exec, graph, errorNode, log, logBytes). Optional if GraphInstantiateWithFlags is there.</summary>
    public delegate* unmanaged<nint*, nint, nint*, byte*, nuint, CudaResult> GraphInstantiate;

    /// <summary>cuGraphUpload(exec, stream): moves the graph to the device ahead of its first launch.</summary>
    public delegate* unmanaged<nint, nint, CudaResult> GraphUpload;

    /// <summary>cuGraphLaunch(exec, stream).</summary>
    public delegate* unmanaged<nint, nint, CudaResult> GraphLaunch;

    /// <summary>cuGraphExecDestroy(exec).</summary>
    public delegate* unmanaged<nint, CudaResult> GraphExecDestroy;

    /// <summary>cuGraphDestroy(graph).</summary>
    public delegate* unmanaged<nint, CudaResult> GraphDestroy;
}
