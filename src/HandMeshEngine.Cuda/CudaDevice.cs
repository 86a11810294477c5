namespace HandMeshEngine.Cuda;

/// <summary>One GPU: its name and limits. Thread-safe.</summary>
public sealed unsafe class CudaDevice
{
    private const int NameBytes = 256;

    internal CudaDevice(CudaDriver driver, int ordinal)
    {
        Driver = driver;
        Ordinal = ordinal;
        int handle;
        driver.Check(driver.Table.DeviceGet(&handle, ordinal), "cuDeviceGet");
        Handle = handle;

        Span<byte> name = stackalloc byte[NameBytes];
        name.Clear();
        fixed (byte* text = name)
        {
            driver.Check(driver.Table.DeviceGetName(text, NameBytes, handle), "cuDeviceGetName");
        }

        Name = Encoding.UTF8.GetString(name[..name.IndexOf((byte)0)]);
        nuint memory;
        driver.Check(driver.Table.DeviceTotalMem(&memory, handle), "cuDeviceTotalMem");
        MemoryBytes = (long)memory;

        Sm = (10 * Get(DeviceAttribute.ComputeCapabilityMajor)) + Get(DeviceAttribute.ComputeCapabilityMinor);
        MultiprocessorCount = Get(DeviceAttribute.MultiprocessorCount);
        MaxThreadsPerBlock = Get(DeviceAttribute.MaxThreadsPerBlock);
        MaxThreadsPerMultiprocessor = Get(DeviceAttribute.MaxThreadsPerMultiprocessor);
        MaxGridX = Get(DeviceAttribute.MaxGridDimX);
        MaxGridY = Get(DeviceAttribute.MaxGridDimY);
        MaxGridZ = Get(DeviceAttribute.MaxGridDimZ);
        SharedBytesPerBlock = Get(DeviceAttribute.MaxSharedMemoryPerBlock);
        MaxSharedBytesPerBlock = Get(DeviceAttribute.MaxSharedMemoryPerBlockOptin);
        SharedBytesPerMultiprocessor = Get(DeviceAttribute.MaxSharedMemoryPerMultiprocessor);
        RegistersPerMultiprocessor = Get(DeviceAttribute.MaxRegistersPerMultiprocessor);
        L2Bytes = Get(DeviceAttribute.L2CacheSize);
        ClockKHz = Get(DeviceAttribute.ClockRateKHz);
        MemoryClockKHz = Get(DeviceAttribute.MemoryClockRateKHz);
        MemoryBusBits = Get(DeviceAttribute.GlobalMemoryBusWidth);
        CanMapHostMemory = Get(DeviceAttribute.CanMapHostMemory) != 0;
        CanLaunchCooperatively = Get(DeviceAttribute.CooperativeLaunch) != 0 && driver.Table.LaunchKernelEx != null;
    }

    /// <summary>The driver it belongs to.</summary>
    public CudaDriver Driver { get; }

    /// <summary>Its number among the visible devices.</summary>
    public int Ordinal { get; }

    /// <summary>Its name, such as "NVIDIA GeForce RTX 3060".</summary>
    public string Name { get; }

    /// <summary>Its architecture: compute capability times ten, so 86 for sm_86.</summary>
    public int Sm { get; }

    /// <summary>Its memory in bytes.</summary>
    public long MemoryBytes { get; }

    /// <summary>Number of SMs.</summary>
    public int MultiprocessorCount { get; }

    /// <summary>Threads of a block, at most.</summary>
    public int MaxThreadsPerBlock { get; }

    /// <summary>Threads of an SM, at most.</summary>
    public int MaxThreadsPerMultiprocessor { get; }

    /// <summary>Blocks of a grid along x, at most.</summary>
    public int MaxGridX { get; }

    /// <summary>Blocks of a grid along y, at most.</summary>
    public int MaxGridY { get; }

    /// <summary>Blocks of a grid along z, at most.</summary>
    public int MaxGridZ { get; }

    /// <summary>Shared memory in bytes that a block gets without asking for more (48 KB).</summary>
    public int SharedBytesPerBlock { get; }

    /// <summary>Shared memory in bytes that a block can get.</summary>
    public int MaxSharedBytesPerBlock { get; }

    /// <summary>Shared memory of an SM in bytes.</summary>
    public int SharedBytesPerMultiprocessor { get; }

    /// <summary>32-bit registers of an SM.</summary>
    public int RegistersPerMultiprocessor { get; }

    /// <summary>L2 cache in bytes.</summary>
    public int L2Bytes { get; }

    /// <summary>Top SM clock in kHz.</summary>
    public int ClockKHz { get; }

    /// <summary>Top memory clock in kHz.</summary>
    public int MemoryClockKHz { get; }

    /// <summary>Width of the memory bus in bits.</summary>
    public int MemoryBusBits { get; }

    /// <summary>Whether kernels can read and write mapped host memory.</summary>
    public bool CanMapHostMemory { get; }

    /// <summary>Whether all blocks of a grid can be made resident at once.</summary>
    public bool CanLaunchCooperatively { get; }

    /// <summary>Whether a kernel can start while its predecessor ends: from sm_90, and from driver 12.3 on, which can capture it.</summary>
    public bool CanOverlapLaunches => Sm >= 90 && Driver.Table.LaunchKernelEx != null && Driver.Version >= 12030;

    internal int Handle { get; }

    /// <summary>The name and the architecture.</summary>
    public override string ToString() => $"{Name} (sm_{Sm})";

    private int Get(DeviceAttribute attribute)
    {
        int value;
        Driver.Check(Driver.Table.DeviceGetAttribute(&value, attribute, Handle), $"cuDeviceGetAttribute({attribute})");
        return value;
    }
}
