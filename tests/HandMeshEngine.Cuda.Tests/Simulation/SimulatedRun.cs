namespace HandMeshEngine.Cuda.Tests.Simulation;

/// <summary>A simulated device driven through the raw driver table: allocate, load PTX text, launch, read back.</summary>
internal sealed unsafe class SimulatedRun : IDisposable
{
    private readonly Dictionary<string, nint> _functions = [];
    private nint _module;

    public SimulatedRun(SimulatorOptions? options = null)
    {
        Simulator = new Simulator(options);
        Table = Simulator.Table;
        nint context;
        Demand(Table.Init(0));
        Demand(Table.DevicePrimaryCtxRetain(&context, 0));
        Demand(Table.CtxPushCurrent(context));
    }

    public Simulator Simulator { get; }

    public DriverTable Table { get; }

    public CudaResult TryLoad(string ptx)
    {
        nint module;
        CudaResult result;
        fixed (byte* image = Encoding.UTF8.GetBytes(ptx + '\0'))
        {
            result = Table.ModuleLoadDataEx(&module, image, 0, null, null);
        }

        _module = result == CudaResult.Success ? module : 0;
        return result;
    }

    public SimulatedRun Load(string ptx)
    {
        Demand(TryLoad(ptx));
        return this;
    }

    /// <summary>Fresh device memory, never written.</summary>
    public ulong Allocate(long bytes)
    {
        ulong address;
        Demand(Table.MemAlloc(&address, (nuint)bytes));
        return address;
    }

    public ulong Upload<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        ulong address = Allocate(values.Length * sizeof(T));
        fixed (T* source = values)
        {
            Demand(Table.MemcpyHtoDAsync(address, source, (nuint)(values.Length * sizeof(T)), 0));
        }

        return address;
    }

    public T[] Read<T>(ulong address, int count)
        where T : unmanaged
    {
        var values = new T[count];
        fixed (T* target = values)
        {
            Demand(Table.MemcpyDtoHAsync(target, address, (nuint)(count * sizeof(T)), 0));
        }

        return values;
    }

    public nint Function(string name)
    {
        if (!_functions.TryGetValue(name, out nint function))
        {
            fixed (byte* text = Encoding.UTF8.GetBytes(name + '\0'))
            {
                Demand(Table.ModuleGetFunction(&function, _module, text));
            }

            _functions[name] = function;
        }

        return function;
    }

    public void AllowShared(string kernel, int bytes) => Demand(Table.FuncSetAttribute(Function(kernel), FunctionAttribute.MaxDynamicSharedSizeBytes, bytes));

    public CudaResult TryLaunch(string kernel, Shape shape, params ReadOnlySpan<object> arguments)
    {
        byte* storage = stackalloc byte[arguments.Length * 16];
        void** pointers = stackalloc void*[arguments.Length];
        for (int i = 0; i < arguments.Length; i++)
        {
            pointers[i] = storage + (i * 16);
            switch (arguments[i])
            {
                case ulong address:
                    *(ulong*)pointers[i] = address;
                    break;
                case int number:
                    *(int*)pointers[i] = number;
                    break;
                case float number:
                    *(float*)pointers[i] = number;
                    break;
                default:
                    throw new ArgumentException($"argument {i} of type {arguments[i].GetType()} is not known");
            }
        }

        var (blocks, threads) = (shape.Blocks, shape.Threads);
        return Table.LaunchKernel(
            Function(kernel), (uint)blocks.X, (uint)blocks.Y, (uint)blocks.Z, (uint)threads.X, (uint)threads.Y, (uint)threads.Z, (uint)shape.SharedBytes, 0, pointers, null);
    }

    public void Launch(string kernel, Shape shape, params ReadOnlySpan<object> arguments) => Demand(TryLaunch(kernel, shape, arguments));

    public void Demand(CudaResult result) => Assert.True(result == CudaResult.Success, $"{result}: {Simulator.LastError}");

    public void Dispose()
    {
        nint context;
        Table.CtxPopCurrent(&context);
        Simulator.Dispose();
    }

    /// <summary>Grid, block and dynamic shared memory of a launch.</summary>
    internal sealed record Shape((int X, int Y, int Z) Blocks, (int X, int Y, int Z) Threads, int SharedBytes = 0)
    {
        public Shape(int blocks, int threads, int sharedBytes = 0)
            : this((blocks, 1, 1), (threads, 1, 1), sharedBytes)
        {
        }
    }
}
