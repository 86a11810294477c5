using System.Text;

namespace PtxSimulator.Driver;

/// <summary>
/// The driver entries. One lock guards everything; device pointers are addresses of this process. A fault of a kernel sticks, as a
/// real context's does: every later call returns it, though those that free still free.
/// </summary>
internal sealed unsafe partial class SimulatedDriver : IDisposable
{
    private const nint FirstHandle = 0x10000;

    private readonly Lock _lock = new();
    private readonly SimulatorOptions _options;
    private readonly Dictionary<nint, object> _objects = [];
    private readonly List<Delegate> _alive = [];
    private readonly Dictionary<CudaResult, nint> _texts = [];
    private readonly List<nint> _retired = [];
    private readonly ThreadLocal<Stack<nint>> _contexts = new(() => new Stack<nint>());
    private readonly GlobalMemory _memory = new();
    private nint _nextHandle = FirstHandle;
    private bool _initialized;
    private int _primaryReferences;
    private nint _primary;

    public SimulatedDriver(SimulatorOptions options)
    {
        _options = options;
        _random = options.ShuffleSeed is int seed ? new Random(seed) : null;
        Table = MakeTable();
    }

    public DriverTable Table { get; }

    public DriverCounters Counters { get; } = new();

    public Dictionary<string, KernelCounters> Kernels { get; } = [];

    public FaultPlan Faults { get; } = new();

    public string? LastError { get; private set; }

    public CudaResult Sticky { get; private set; }

    public Ledger TakeLedger()
    {
        lock (_lock)
        {
            return new Ledger
            {
                DeviceAllocations = _memory.Count(AllocationKind.Device),
                DeviceBytes = _memory.DeviceBytes,
                HostAllocations = _memory.Count(AllocationKind.Host),
                Streams = Count<StreamState>(),
                Events = Count<EventState>(),
                Modules = Count<ModuleState>(),
                Graphs = Count<GraphState>(),
                GraphExecutables = Count<GraphExecState>(),
                ContextReferences = _primaryReferences,
            };
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _memory.FreeAll();
            foreach (nint text in _texts.Values.Concat(_retired))
            {
                Marshal.FreeHGlobal(text);
            }
            _texts.Clear();
            _retired.Clear();
            _contexts.Dispose();
        }
    }

    private int Count<T>() => _objects.Values.Count(o => o is T);

    /// <summary>Runs one driver call: lock, fault plan, sticky error, current context, then the work; exceptions become result codes.</summary>
    private CudaResult Call(string name, Func<CudaResult> work, bool frees = false, bool needsContext = true)
    {
        lock (_lock)
        {
            Counters.Calls++;
            var injected = Faults.Next(name);
            if (injected != CudaResult.Success)
            {
                LastError = $"{name} was told to fail with {injected}";
                if (frees && Faults.IsSticky)
                {
                    Execute(work);
                }
                return injected;
            }
            if (Sticky != CudaResult.Success && needsContext)
            {
                if (frees)
                {
                    Execute(work);
                }
                return Sticky;
            }
            if (!_initialized && name is not ("cuInit" or "cuDriverGetVersion"))
            {
                return Refuse(CudaResult.NotInitialized, $"{name} before cuInit");
            }
            if (needsContext && CurrentContext() == 0)
            {
                return Refuse(CudaResult.InvalidContext, $"{name} without a current context");
            }
            return Execute(work);
        }
    }

    private CudaResult Execute(Func<CudaResult> work)
    {
        try
        {
            return work();
        }
        catch (DeviceFaultException fault)
        {
            Sticky = fault.Code;
            return Refuse(fault.Code, fault.Message);
        }
        catch (PtxFormatException format)
        {
            return Refuse(CudaResult.InvalidPtx, format.Message);
        }
        catch (DriverRefusal refusal)
        {
            return Refuse(refusal.Code, refusal.Message);
        }
    }

    private CudaResult Refuse(CudaResult code, string message)
    {
        LastError = message;
        return code;
    }

    private nint Register(object item)
    {
        nint handle = _nextHandle++;
        _objects.Add(handle, item);
        return handle;
    }

    private T Find<T>(nint handle)
        where T : class =>
        _objects.TryGetValue(handle, out object? item) && item is T found
            ? found
            : throw new DriverRefusal(CudaResult.InvalidHandle, $"handle 0x{handle:x} is no live {typeof(T).Name.Replace("State", "", StringComparison.Ordinal).ToLowerInvariant()}");

    private nint CurrentContext() => _contexts.Value!.TryPeek(out nint context) ? context : 0;

    /// <summary>The code's name, and for the last error also what exactly happened.</summary>
    private CudaResult ErrorText(CudaResult code, byte** text, bool describe)
    {
        lock (_lock)
        {
            if (!Enum.IsDefined(code))
            {
                *text = null;
                return CudaResult.InvalidValue;
            }
            string words = describe ? Describe(code) : NameOf(code);
            var key = describe ? code : (CudaResult)(-1 - (int)code);
            if (_texts.TryGetValue(key, out nint old))
            {
                _retired.Add(old);
            }
            _texts[key] = (nint)(*text = (byte*)Marshal.StringToHGlobalAnsi(words));
            return CudaResult.Success;
        }
    }

    private string Describe(CudaResult code)
    {
        string words = code.ToString();
        return LastError != null && code != CudaResult.Success ? $"{words}: {LastError}" : words;
    }

    private static string NameOf(CudaResult code)
    {
        if (code == CudaResult.Success)
        {
            return "CUDA_SUCCESS";
        }
        var name = new StringBuilder("CUDA_ERROR");
        foreach (char c in code.ToString())
        {
            name.Append(char.IsUpper(c) ? "_" : "").Append(char.ToUpperInvariant(c));
        }
        return name.ToString();
    }
}

/// <summary>A call that is refused without hurting the context.</summary>
internal sealed class DriverRefusal(CudaResult code, string message) : Exception(message)
{
    public CudaResult Code { get; } = code;
}
