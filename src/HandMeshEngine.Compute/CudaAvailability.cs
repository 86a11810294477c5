using HandMeshEngine.Cuda;
using HandMeshEngine.Cuda.Compilation;

namespace HandMeshEngine.Compute;

/// <summary>Whether the CUDA backend can run here: driver, device, and where kernels come from.</summary>
internal static class CudaAvailability
{
    /// <summary>The state of the first device in words; each sentence says what to do where something lacks.</summary>
    public static DeviceReport Create()
    {
        if (!CudaDriver.TryGet(out CudaDriver? driver, out string? reason))
        {
            return new DeviceReport("cuda", false, reason + ".");
        }

        try
        {
            return Describe(driver, driver.GetDevice(0));
        }
        catch (CudaException exception)
        {
            return new DeviceReport("cuda", false, exception.Message);
        }
    }

    private static DeviceReport Describe(CudaDriver driver, CudaDevice device)
    {
        string what = $"{device}, driver {CudaDriver.VersionText(driver.Version)}";
        if (Nvrtc.TryFind(driver, out Nvrtc? nvrtc, out string? lacks))
        {
            KernelTarget.Choose(device, nvrtc, out string? note);
            return new DeviceReport("cuda", true, $"{what}, NVRTC {nvrtc.VersionText}" + (note is null ? string.Empty : $" ({note})"));
        }

        string folder = new KernelCache().Folder;
        bool cached = Directory.Exists(folder) && Directory.EnumerateFiles(folder).Any();
        return new DeviceReport(
            "cuda",
            cached,
            $"{what}, but {lacks}; " + (cached
                ? $"only kernels that lie in {folder} can run"
                : $"install NVRTC, or fill {folder} on another machine with handmesh compile"));
    }
}
