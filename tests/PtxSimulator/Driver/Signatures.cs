namespace PtxSimulator.Driver;

// One delegate type per signature of the driver table: function pointers made from delegates carry their simulator with them, so
// that several simulators live side by side.
internal unsafe delegate CudaResult InitCall(uint flags);

internal unsafe delegate CudaResult TextCall(CudaResult code, byte** text);

internal unsafe delegate CudaResult NumberCall(int* value);

internal unsafe delegate CudaResult DeviceGetCall(int* device, int ordinal);

internal unsafe delegate CudaResult DeviceNameCall(byte* name, int length, int device);

internal unsafe delegate CudaResult DeviceAttributeCall(int* value, DeviceAttribute attribute, int device);

internal unsafe delegate CudaResult DeviceMemoryCall(nuint* bytes, int device);

internal unsafe delegate CudaResult RetainCall(nint* context, int device);

internal unsafe delegate CudaResult DeviceCall(int device);

internal unsafe delegate CudaResult HandleOutCall(nint* handle);

internal unsafe delegate CudaResult HandleCall(nint handle);

internal unsafe delegate CudaResult HandlesCall(nint first, nint second);

internal unsafe delegate CudaResult HandlesFlagsCall(nint first, nint second, uint flags);

internal unsafe delegate CudaResult ModuleLoadCall(nint* module, void* image, uint count, int* options, void** values);

internal unsafe delegate CudaResult FunctionCall(nint* function, nint module, byte* name);

internal unsafe delegate CudaResult FunctionAttributeCall(int* value, FunctionAttribute attribute, nint function);

internal unsafe delegate CudaResult FunctionSetCall(nint function, FunctionAttribute attribute, int value);

internal unsafe delegate CudaResult OccupancyCall(int* blocks, nint function, int blockSize, nuint dynamicSharedBytes);

internal unsafe delegate CudaResult MemoryInfoCall(nuint* free, nuint* total);

internal unsafe delegate CudaResult MemoryAllocCall(ulong* address, nuint bytes);

internal unsafe delegate CudaResult AddressCall(ulong address);

internal unsafe delegate CudaResult HostAllocCall(void** pointer, nuint bytes, uint flags);

internal unsafe delegate CudaResult PointerCall(void* pointer);

internal unsafe delegate CudaResult DevicePointerCall(ulong* address, void* pointer, uint flags);

internal unsafe delegate CudaResult UploadCall(ulong to, void* from, nuint bytes, nint stream);

internal unsafe delegate CudaResult DownloadCall(void* to, ulong from, nuint bytes, nint stream);

internal unsafe delegate CudaResult DeviceCopyCall(ulong to, ulong from, nuint bytes, nint stream);

internal unsafe delegate CudaResult FillCall(ulong to, byte value, nuint bytes, nint stream);

internal unsafe delegate CudaResult CreateCall(nint* handle, uint flags);

internal unsafe delegate CudaResult WaitEventCall(nint stream, nint other, uint flags);

internal unsafe delegate CudaResult BeginCaptureCall(nint stream, int mode);

internal unsafe delegate CudaResult EndCaptureCall(nint stream, nint* graph);

internal unsafe delegate CudaResult ElapsedCall(float* milliseconds, nint start, nint end);

internal unsafe delegate CudaResult LaunchCall(
    nint function, uint gridX, uint gridY, uint gridZ, uint blockX, uint blockY, uint blockZ, uint sharedBytes, nint stream, void** parameters, void** extra);

internal unsafe delegate CudaResult LaunchExCall(LaunchConfig* config, nint function, void** parameters, void** extra);

internal unsafe delegate CudaResult GraphNodesCall(nint graph, nint* nodes, nuint* count);

internal unsafe delegate CudaResult InstantiateFlagsCall(nint* exec, nint graph, ulong flags);

internal unsafe delegate CudaResult InstantiateCall(nint* exec, nint graph, nint* errorNode, byte* log, nuint logBytes);
