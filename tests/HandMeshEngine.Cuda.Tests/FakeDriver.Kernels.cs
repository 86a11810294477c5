namespace HandMeshEngine.Cuda.Tests;

/// <summary>Modules and launches. Every kernel takes a pointer, an int and a float; the last launch is kept.</summary>
internal sealed unsafe partial class FakeDriver
{
    /// <summary>What the last launch was given: "grid; block; shared; stream; parameters".</summary>
    public string LastLaunch { get; private set; } = "";

    /// <summary>The attributes of the last launch through cuLaunchKernelEx: id and value.</summary>
    public List<(int Id, int Value)> LastAttributes { get; } = [];

    /// <summary>Dynamic shared memory in bytes that the kernel may use.</summary>
    public int AllowedShared { get; private set; } = 48 << 10;

    /// <summary>The image of the last module, up to its ending zero.</summary>
    public string LastImage { get; private set; } = "";

    /// <summary>What the driver's PTX compiler says when a module fails.</summary>
    public const string JitLog = "ptxas application ptx input, line 3; fatal";

    [UnmanagedCallersOnly]
    private static CudaResult ModuleLoad(nint* module, void* image, uint count, int* options, void** values)
    {
        FakeDriver fake = _current!;
        fake.LastImage = Marshal.PtrToStringUTF8((nint)image)!;
        CudaResult result = Make("module", module);
        if (result != CudaResult.Success)
        {
            // Options 5 and 6 are the error log and its size.
            System.Text.Encoding.UTF8.GetBytes(JitLog + "\n\0", new Span<byte>(values[0], (int)(nint)values[1]));
        }

        return result;
    }

    [UnmanagedCallersOnly]
    private static CudaResult ModuleUnload(nint module) => End("module", module);

    [UnmanagedCallersOnly]
    private static CudaResult ModuleGetFunction(nint* function, nint module, byte* name)
    {
        *function = 0x77;
        return Marshal.PtrToStringUTF8((nint)name) == "add" ? Step() : CudaResult.NotFound;
    }

    [UnmanagedCallersOnly]
    private static CudaResult FuncGetAttribute(int* value, FunctionAttribute attribute, nint function)
    {
        *value = attribute switch
        {
            FunctionAttribute.RegisterCount => 40,
            FunctionAttribute.SharedSizeBytes => 1024,
            FunctionAttribute.MaxThreadsPerBlock => 256,
            _ => 0,
        };
        return Step();
    }

    [UnmanagedCallersOnly]
    private static CudaResult FuncSetAttribute(nint function, FunctionAttribute attribute, int value)
    {
        _current!.AllowedShared = value;
        return Step();
    }

    [UnmanagedCallersOnly]
    private static CudaResult Occupancy(int* blocks, nint function, int threads, nuint shared)
    {
        *blocks = 3;
        return Step();
    }

    [UnmanagedCallersOnly]
    private static CudaResult LaunchKernel(
        nint function, uint gridX, uint gridY, uint gridZ, uint blockX, uint blockY, uint blockZ, uint shared, nint stream,
        void** parameters, void** extra)
    {
        if (_current!.IsQuiet)
        {
            return CudaResult.Success;
        }

        _current!.LastAttributes.Clear();
        return Launched($"{gridX} {gridY} {gridZ}; {blockX} {blockY} {blockZ}; {shared}; {stream}", parameters, Step());
    }

    [UnmanagedCallersOnly]
    private static CudaResult LaunchKernelEx(LaunchConfig* config, nint function, void** parameters, void** extra)
    {
        _current!.LastAttributes.Clear();
        for (int i = 0; i < config->AttributeCount; i++)
        {
            _current.LastAttributes.Add((config->Attributes[i].Id, config->Attributes[i].Value));
        }

        return Launched(
            $"{config->GridX} {config->GridY} {config->GridZ}; {config->BlockX} {config->BlockY} {config->BlockZ}; {config->SharedBytes}; {config->Stream}",
            parameters, Step());
    }

    private static CudaResult Launched(string shape, void** parameters, CudaResult result)
    {
        _current!.LastLaunch = FormattableString.Invariant(
            $"{shape}; {*(ulong*)parameters[0]} {*(int*)parameters[1]} {*(float*)parameters[2]}");
        return result;
    }
}
