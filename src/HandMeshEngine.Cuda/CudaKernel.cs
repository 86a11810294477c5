namespace HandMeshEngine.Cuda;

/// <summary>A kernel of a module. Thread-safe, as far as the stream it is launched in is.</summary>
public sealed unsafe class CudaKernel
{
    private readonly CudaContext _context;
    private readonly nint _function;
    private readonly bool _waits;
    private int _allowedSharedBytes;

    internal CudaKernel(CudaContext context, nint function, string name, bool waits)
    {
        _context = context;
        _function = function;
        _waits = waits;
        Name = name;
        RegisterCount = Get(FunctionAttribute.RegisterCount);
        LocalBytes = Get(FunctionAttribute.LocalSizeBytes);
        StaticSharedBytes = Get(FunctionAttribute.SharedSizeBytes);
        MaxThreadsPerBlock = Get(FunctionAttribute.MaxThreadsPerBlock);
        _allowedSharedBytes = Math.Max(0, context.Device.SharedBytesPerBlock - StaticSharedBytes);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Registers of a thread.</summary>
    public int RegisterCount { get; }

    /// <summary>Local memory of a thread in bytes: stack and spilled registers; zero in a good kernel.</summary>
    public int LocalBytes { get; }

    /// <summary>Shared memory of a block in bytes, without what a launch adds.</summary>
    public int StaticSharedBytes { get; }

    /// <summary>Threads of a block it can be launched with, at most.</summary>
    public int MaxThreadsPerBlock { get; }

    /// <summary>
    /// Whether a launch of it can overlap the one before: device and driver can, and its image is for an architecture whose kernels wait
    /// for what they read. Of any other image the first blocks would start on what is not written yet.
    /// </summary>
    public bool CanOverlap => _waits && _context.Device.CanOverlapLaunches;

    /// <summary>How many blocks fit on an SM at once.</summary>
    /// <exception cref="CudaException">The driver refused.</exception>
    public int GetBlocksPerMultiprocessor(int blockThreads, int sharedBytes)
    {
        using CudaScope scope = _context.Enter();
        AllowShared(sharedBytes);
        int blocks;
        _context.Check(
            _context.Driver.Table.OccupancyMaxActiveBlocksPerMultiprocessor(&blocks, _function, blockThreads, (nuint)sharedBytes),
            "cuOccupancyMaxActiveBlocksPerMultiprocessor", $": kernel {Name}");
        return blocks;
    }

    /// <summary>How many blocks fit on the device at once.</summary>
    /// <exception cref="CudaException">The driver refused.</exception>
    public int GetBlocksOnDevice(int blockThreads, int sharedBytes) =>
        _context.Device.MultiprocessorCount * GetBlocksPerMultiprocessor(blockThreads, sharedBytes);

    /// <summary>Says which part of an SM's memory should be shared memory while this kernel runs.</summary>
    /// <param name="percent">0 to 100.</param>
    /// <exception cref="CudaException">The driver refused.</exception>
    public void PreferShared(int percent)
    {
        using CudaScope scope = _context.Enter();
        _context.Check(
            _context.Driver.Table.FuncSetAttribute(_function, FunctionAttribute.PreferredSharedMemoryCarveout, percent),
            "cuFuncSetAttribute", $": kernel {Name}");
    }

    /// <summary>Queues a launch. Allocates nothing.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="shape">Grid, block and dynamic shared memory.</param>
    /// <param name="arguments">The kernel's parameters in their order.</param>
    /// <param name="options">How it relates to its neighbours.</param>
    /// <exception cref="CudaException">
    /// The launch asks for more than the device has, or cannot be had here (<see cref="CudaErrorKind.Variant"/>), or the driver refused.
    /// </exception>
    public void Launch(CudaStream stream, in LaunchShape shape, KernelArguments arguments, LaunchOptions options = LaunchOptions.None)
    {
        using CudaScope scope = _context.Enter();
        AllowShared(shape.SharedBytes);
        CudaResult result;
        fixed (byte* values = arguments.Values)
        {
            ReadOnlySpan<int> offsets = arguments.Offsets;
            void** parameters = stackalloc void*[offsets.Length];
            for (int i = 0; i < offsets.Length; i++)
            {
                parameters[i] = values + offsets[i];
            }

            bool overlaps = options.HasFlag(LaunchOptions.OverlapPredecessor) && CanOverlap;
            bool cooperative = options.HasFlag(LaunchOptions.Cooperative);
            result = overlaps || cooperative
                ? LaunchWithAttributes(stream, shape, parameters, overlaps, cooperative)
                : _context.Driver.Table.LaunchKernel(
                    _function, (uint)shape.GridX, (uint)shape.GridY, (uint)shape.GridZ, (uint)shape.BlockX, (uint)shape.BlockY,
                    (uint)shape.BlockZ, (uint)shape.SharedBytes, stream.Handle, parameters, null);
        }

        if (result != CudaResult.Success)
        {
            _context.Throw(result, "cuLaunchKernel", $": kernel {Name}, {shape}");
        }
    }

    private CudaResult LaunchWithAttributes(CudaStream stream, in LaunchShape shape, void** parameters, bool overlaps, bool cooperative)
    {
        if (_context.Driver.Table.LaunchKernelEx == null)
        {
            return CudaResult.NotSupported;
        }

        LaunchAttribute* attributes = stackalloc LaunchAttribute[2];
        uint count = 0;
        if (overlaps)
        {
            attributes[count++] = new LaunchAttribute { Id = LaunchAttribute.ProgrammaticStreamSerialization, Value = 1 };
        }

        if (cooperative)
        {
            attributes[count++] = new LaunchAttribute { Id = LaunchAttribute.Cooperative, Value = 1 };
        }

        LaunchConfig config = new()
        {
            GridX = (uint)shape.GridX,
            GridY = (uint)shape.GridY,
            GridZ = (uint)shape.GridZ,
            BlockX = (uint)shape.BlockX,
            BlockY = (uint)shape.BlockY,
            BlockZ = (uint)shape.BlockZ,
            SharedBytes = (uint)shape.SharedBytes,
            Stream = stream.Handle,
            Attributes = attributes,
            AttributeCount = count,
        };
        return _context.Driver.Table.LaunchKernelEx(&config, _function, parameters, null);
    }

    /// <summary>Asks for more shared memory than every kernel gets, where a launch needs it.</summary>
    private void AllowShared(int sharedBytes)
    {
        if (sharedBytes <= Volatile.Read(ref _allowedSharedBytes))
        {
            return;
        }

        CudaDevice device = _context.Device;
        if (sharedBytes > device.MaxSharedBytesPerBlock - StaticSharedBytes)
        {
            throw new CudaException(
                CudaErrorKind.Variant,
                $"kernel {Name} asks for {sharedBytes + StaticSharedBytes:N0} bytes of shared memory; {device} has {device.MaxSharedBytesPerBlock:N0}.");
        }

        _context.Check(
            _context.Driver.Table.FuncSetAttribute(_function, FunctionAttribute.MaxDynamicSharedSizeBytes, sharedBytes),
            "cuFuncSetAttribute", $": kernel {Name}");
        Volatile.Write(ref _allowedSharedBytes, sharedBytes);
    }

    private int Get(FunctionAttribute attribute)
    {
        int value;
        _context.Check(_context.Driver.Table.FuncGetAttribute(&value, attribute, _function), "cuFuncGetAttribute", $": kernel {Name}");
        return value;
    }
}
