namespace HandMeshEngine.Cuda.Native;

/// <summary>Fills a <see cref="DriverTable"/> from a library.</summary>
internal static unsafe class DriverExports
{
    /// <summary>The export behind each field of <see cref="DriverTable"/>, in the order of the fields.</summary>
    public static readonly string[] Names =
    [
        "cuInit", "cuDriverGetVersion", "cuGetErrorName", "cuGetErrorString", "cuDeviceGetCount", "cuDeviceGet",
        "cuDeviceGetName", "cuDeviceGetAttribute", "cuDeviceTotalMem_v2", "cuDevicePrimaryCtxRetain",
        "cuDevicePrimaryCtxRelease_v2", "cuCtxGetCurrent", "cuCtxPushCurrent_v2", "cuCtxPopCurrent_v2",
        "cuCtxGetDevice", "cuModuleLoadDataEx", "cuModuleUnload", "cuModuleGetFunction", "cuFuncGetAttribute",
        "cuFuncSetAttribute", "cuOccupancyMaxActiveBlocksPerMultiprocessor", "cuMemGetInfo_v2", "cuMemAlloc_v2",
        "cuMemFree_v2", "cuMemHostAlloc", "cuMemFreeHost", "cuMemHostGetDevicePointer_v2", "cuMemcpyHtoDAsync_v2",
        "cuMemcpyDtoHAsync_v2", "cuMemcpyDtoDAsync_v2", "cuMemsetD8Async", "cuStreamCreate", "cuStreamDestroy_v2",
        "cuStreamSynchronize", "cuStreamWaitEvent", "cuStreamBeginCapture_v2", "cuStreamEndCapture", "cuEventCreate",
        "cuEventDestroy_v2", "cuEventRecord", "cuEventRecordWithFlags", "cuEventQuery", "cuEventSynchronize", "cuEventElapsedTime",
        "cuLaunchKernel", "cuLaunchKernelEx", "cuGraphGetNodes", "cuGraphInstantiateWithFlags", "cuGraphInstantiate_v2",
        "cuGraphUpload", "cuGraphLaunch", "cuGraphExecDestroy", "cuGraphDestroy",
    ];

    private static readonly string[] _optional = ["cuLaunchKernelEx", "cuGraphInstantiateWithFlags", "cuGraphInstantiate_v2"];

    /// <summary>The table of the library behind <paramref name="export"/>, which finds the address of a name or zero.</summary>
    /// <param name="export">Finds an entry.</param>
    /// <param name="missing">The first entry that is needed and not there; null if the table is complete.</param>
    public static DriverTable Fill(Func<string, nint> export, out string? missing)
    {
        DriverTable table = default;
        Span<nint> fields = new(&table, sizeof(DriverTable) / sizeof(nint));
        missing = null;
        for (int i = 0; i < fields.Length; i++)
        {
            fields[i] = export(Names[i]);
            if (fields[i] == 0 && !_optional.Contains(Names[i]))
            {
                missing ??= Names[i];
            }
        }

        if (table.GraphInstantiateWithFlags == null && table.GraphInstantiate == null)
        {
            missing ??= "cuGraphInstantiate_v2";
        }

        return table;
    }
}
