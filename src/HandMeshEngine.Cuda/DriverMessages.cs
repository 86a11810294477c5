namespace HandMeshEngine.Cuda;

/// <summary>The words for a machine without a usable driver. Sentences without their full stop.</summary>
internal static class DriverMessages
{
    /// <summary>No driver library could be loaded.</summary>
    public static string NotFound(IReadOnlyList<string> candidates) =>
        EnvironmentVariables.Read(EnvironmentVariables.Driver) is { } chosen
            ? $"No NVIDIA driver could be loaded from {chosen}, where {EnvironmentVariables.NameInUse(EnvironmentVariables.Driver)} points (tried {string.Join(", ", candidates)})"
            : "No NVIDIA driver (libcuda.so.1 / nvcuda.dll) on this machine";

    /// <summary>The library is there, but starting it gave <paramref name="result"/>.</summary>
    public static string Unusable(CudaDriver driver, CudaResult result)
    {
        string installed = $"NVIDIA driver {CudaDriver.VersionText(driver.Version)} is installed but";
        string code = $"{driver.ErrorName(result)} ({driver.ErrorText(result)})";
        return result switch
        {
            CudaResult.NoDevice =>
                $"{installed} no CUDA device is visible (no GPU, no /dev/nvidia*, container without --gpus, or CUDA_VISIBLE_DEVICES hides it)",
            CudaResult.StubLibrary => $"The libcuda found is a link-time stub, not a driver: {driver.Path}",
            CudaResult.SystemDriverMismatch =>
                $"{installed} does not start: {code}; kernel module and library versions differ: reboot",
            CudaResult.Unknown => $"{installed} does not start: {code}; try reloading nvidia_uvm",
            _ => $"{installed} does not start: {code}",
        };
    }
}
