using System.Buffers.Binary;
using PtxSimulator.Decoding;

namespace PtxSimulator.Driver;

/// <summary>A loaded module: its decoded kernels and the memory of its variables.</summary>
internal sealed class ModuleState
{
    public required Dictionary<string, Kernel> Kernels { get; init; }

    public required List<ulong> Variables { get; init; }

    /// <summary>The virtual architecture it was written for.</summary>
    public required int TargetSm { get; init; }

    public List<nint> Functions { get; } = [];
}

/// <summary>A kernel as a handle, with the shared memory it has been allowed.</summary>
internal sealed class FunctionState(Kernel kernel, ModuleState module)
{
    public Kernel Kernel { get; } = kernel;

    public ModuleState Module { get; } = module;

    public int? MaxDynamicSharedBytes { get; set; }
}

internal sealed unsafe partial class SimulatedDriver
{
    private const uint ElfMagic = 0x464c457f;

    /// <summary>Registers are not assigned here; this stands in where the driver would tell.</summary>
    private const int PretendedRegisters = 64;

    private CudaResult ModuleLoad(nint* module, void* image, uint count, int* options, void** values) => Call(
        "cuModuleLoadDataEx",
        () =>
        {
            Counters.ModuleLoads++;
            if (*(uint*)image == ElfMagic)
            {
                return Refuse(CudaResult.NoBinaryForGpu, "the image is machine code; the simulator executes PTX text only");
            }
            var parsed = Parser.Parse(Marshal.PtrToStringUTF8((nint)image) ?? "");
            if (parsed.TargetSm > _options.Sm || parsed.TargetSm == 0)
            {
                return Refuse(CudaResult.NoBinaryForGpu, $"the module is for {parsed.Target}, the device is sm_{_options.Sm}");
            }
            int version = VersionNumber(parsed.Version);
            if (version > MaxPtxVersion(_options.DriverVersion))
            {
                return Refuse(CudaResult.UnsupportedPtxVersion, $"PTX {parsed.Version} is newer than driver {_options.DriverVersion}");
            }
            *module = Register(LoadModule(parsed));
            return CudaResult.Success;
        });

    private ModuleState LoadModule(PtxModule parsed)
    {
        var addresses = new Dictionary<string, ulong>();
        foreach (var variable in parsed.Variables.Where(v => v.Space is "global" or "const"))
        {
            var memory = _memory.Allocate(Math.Max(variable.Bytes, 1), AllocationKind.Module);
            NativeMemory.Clear(memory.Data, (nuint)variable.Bytes);
            addresses[variable.Name] = memory.Address;
        }
        try
        {
            foreach (var variable in parsed.Variables.Where(v => v.Initializers.Count > 0))
            {
                Initialize(variable, addresses);
            }
            var kernels = parsed.Functions.Values.Where(f => f.IsEntry && !f.IsDeclaration).ToDictionary(f => f.Name, f => Decoder.Decode(parsed, f, addresses));
            return new ModuleState { Kernels = kernels, Variables = [.. addresses.Values], TargetSm = parsed.TargetSm };
        }
        catch (PtxFormatException)
        {
            FreeVariables(addresses.Values);
            throw;
        }
    }

    private static void Initialize(PtxVariable variable, Dictionary<string, ulong> addresses)
    {
        byte* at = (byte*)addresses[variable.Name];
        Span<byte> bytes = stackalloc byte[8];
        foreach (var item in variable.Initializers)
        {
            ulong value = item.Value;
            if (item.Symbol != null)
            {
                value += addresses.TryGetValue(item.Symbol, out ulong address) ? address : throw new PtxFormatException(variable.Line, $"'{item.Symbol}' is not a global variable");
            }
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
            bytes[..variable.ElementBytes].CopyTo(new Span<byte>(at, variable.ElementBytes));
            at += variable.ElementBytes;
        }
    }

    private void FreeVariables(IEnumerable<ulong> addresses)
    {
        foreach (ulong address in addresses)
        {
            _memory.Free(address, AllocationKind.Module);
        }
    }

    private CudaResult ModuleUnload(nint module) => Call(
        "cuModuleUnload",
        () =>
        {
            DrainAll();
            var state = Find<ModuleState>(module);
            FreeVariables(state.Variables);
            state.Functions.ForEach(f => _objects.Remove(f));
            _objects.Remove(module);
            return CudaResult.Success;
        },
        frees: true);

    private CudaResult ModuleGetFunction(nint* function, nint module, byte* name) => Call(
        "cuModuleGetFunction",
        () =>
        {
            var state = Find<ModuleState>(module);
            string text = Marshal.PtrToStringUTF8((nint)name) ?? "";
            if (!state.Kernels.TryGetValue(text, out var kernel))
            {
                return Refuse(CudaResult.NotFound, $"the module has no kernel '{text}', only {string.Join(", ", state.Kernels.Keys)}");
            }
            *function = Register(new FunctionState(kernel, state));
            state.Functions.Add(*function);
            return CudaResult.Success;
        });

    private CudaResult FunctionGetAttribute(int* value, FunctionAttribute attribute, nint function) => Call(
        "cuFuncGetAttribute",
        () =>
        {
            var state = Find<FunctionState>(function);
            int? known = attribute switch
            {
                FunctionAttribute.MaxThreadsPerBlock => state.Kernel.MaxThreads,
                FunctionAttribute.SharedSizeBytes => state.Kernel.StaticSharedBytes,
                FunctionAttribute.ConstSizeBytes => 0,
                FunctionAttribute.LocalSizeBytes => state.Kernel.LocalBytes,
                FunctionAttribute.RegisterCount => PretendedRegisters,
                FunctionAttribute.PtxVersion => state.Module.TargetSm,
                FunctionAttribute.BinaryVersion => _options.Sm,
                FunctionAttribute.MaxDynamicSharedSizeBytes => DynamicLimit(state),
                _ => null,
            };
            *value = known ?? 0;
            return known == null ? Refuse(CudaResult.InvalidValue, $"function attribute {attribute} is not simulated") : CudaResult.Success;
        });

    private CudaResult FunctionSetAttribute(nint function, FunctionAttribute attribute, int value) => Call(
        "cuFuncSetAttribute",
        () =>
        {
            var state = Find<FunctionState>(function);
            if (attribute == FunctionAttribute.PreferredSharedMemoryCarveout && value is >= -1 and <= 100)
            {
                Counters.CarveoutsSet++;
                return CudaResult.Success; // a hint about time, of which there is none here
            }
            bool allowed = attribute == FunctionAttribute.MaxDynamicSharedSizeBytes && value >= 0 && value + state.Kernel.StaticSharedBytes <= MaxSharedBytes;
            if (!allowed)
            {
                return Refuse(CudaResult.InvalidValue, $"{attribute} = {value} with {state.Kernel.StaticSharedBytes} static bytes exceeds the {MaxSharedBytes} of sm_{_options.Sm}");
            }
            state.MaxDynamicSharedBytes = value;
            return CudaResult.Success;
        });

    private static int DynamicLimit(FunctionState state) => state.MaxDynamicSharedBytes ?? DefaultSharedBytes - state.Kernel.StaticSharedBytes;

    private CudaResult Occupancy(int* blocks, nint function, int blockSize, nuint dynamicSharedBytes) => Call(
        "cuOccupancyMaxActiveBlocksPerMultiprocessor",
        () =>
        {
            *blocks = MultiprocessorBlocks(Find<FunctionState>(function).Kernel, blockSize, dynamicSharedBytes);
            return CudaResult.Success;
        });

    private int MultiprocessorBlocks(Kernel kernel, int blockSize, nuint dynamicSharedBytes)
    {
        int perBlock = kernel.StaticSharedBytes + (int)dynamicSharedBytes + 1024;
        int threads = (blockSize + 31) / 32 * 32;
        return Math.Min(Math.Min(ThreadsPerMultiprocessor / threads, 32), Math.Min((MaxSharedBytes + 1024) / perBlock, 65536 / (PretendedRegisters * threads)));
    }

    private static int VersionNumber(string version)
    {
        string[] parts = version.Split('.');
        return int.Parse(parts[0]) * 10 + int.Parse(parts[1]);
    }

    /// <summary>PTX 7.n came with CUDA 11.n, 8.n with 12.n (or one before), 9.n with 13.n.</summary>
    private static int MaxPtxVersion(int driver) => (driver / 1000 - 4) * 10 + driver % 1000 / 10;
}
