using System.Diagnostics.CodeAnalysis;

namespace HandMeshEngine.Cuda;

/// <summary>A CUDA driver: libcuda of this machine, or a table that the host of the engine handed in. Thread-safe.</summary>
public sealed unsafe class CudaDriver
{
    private static readonly Lock _gate = new();
    private static CudaDriver? _current;

    internal readonly DriverTable Table;
    private bool _started;

    internal CudaDriver(in DriverTable table, string path, bool loadsPtx)
    {
        Table = table;
        Path = path;
        LoadsPtx = loadsPtx;
    }

    /// <summary>The library's file; empty if the table was handed in.</summary>
    public string Path { get; }

    /// <summary>Whether modules must be handed over as PTX text (a simulator), not as machine code.</summary>
    public bool LoadsPtx { get; }

    /// <summary>The CUDA version the driver supports: 1000 * major + 10 * minor.</summary>
    public int Version { get; private set; }

    /// <summary>How many devices there are; at least one.</summary>
    public int DeviceCount { get; private set; }

    /// <summary>
    /// Makes the engine use <paramref name="table"/> in place of libcuda from now on. Objects made before keep their driver.
    /// </summary>
    /// <param name="table">The entries; see <see cref="DriverTable"/> for those that may be null.</param>
    /// <param name="loadsPtx">True if its modules must be PTX text (a simulator).</param>
    /// <returns>The driver, also what <see cref="Get"/> gives from now on.</returns>
    public static CudaDriver Use(in DriverTable table, bool loadsPtx = false)
    {
        lock (_gate)
        {
            return _current = new CudaDriver(table, "", loadsPtx);
        }
    }

    /// <summary>Finds the driver and starts it. Never throws: no driver and no device are normal states.</summary>
    /// <param name="driver">The driver, with at least one device.</param>
    /// <param name="reason">Why there is none: a sentence without its full stop, so that a caller can add what follows from it.</param>
    public static bool TryGet([NotNullWhen(true)] out CudaDriver? driver, [NotNullWhen(false)] out string? reason)
    {
        lock (_gate)
        {
            reason = null;
            driver = _current ??= Load(NativeLibraries.DriverCandidates(), out reason);
            reason ??= driver?.Start();
            driver = reason is null ? driver : null;
            return driver is not null;
        }
    }

    /// <summary>The driver, with at least one device.</summary>
    /// <exception cref="CudaException">There is none (<see cref="CudaErrorKind.Absent"/>); the message says why.</exception>
    public static CudaDriver Get() =>
        TryGet(out CudaDriver? driver, out string? reason) ? driver : throw new CudaException(CudaErrorKind.Absent, reason + ".");

    /// <summary>The device with the given number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such device.</exception>
    /// <exception cref="CudaException">The driver refused.</exception>
    public CudaDevice GetDevice(int ordinal)
    {
        if (ordinal < 0 || ordinal >= DeviceCount)
        {
            throw new ArgumentOutOfRangeException(
                nameof(ordinal), $"there is no CUDA device {ordinal}; the devices of this machine are 0 to {DeviceCount - 1}");
        }

        return new CudaDevice(this, ordinal);
    }

    /// <summary>A CUDA version as people write it: 12040 is "12.4".</summary>
    public static string VersionText(int version) => $"{version / 1000}.{version % 1000 / 10}";

    /// <summary>The driver of the first candidate that can be loaded; not started.</summary>
    internal static CudaDriver? Load(IReadOnlyList<string> candidates, out string? reason)
    {
        foreach (string candidate in candidates)
        {
            if (!NativeLibrary.TryLoad(candidate, out nint library))
            {
                continue;
            }

            string path = NativeLibraries.PathOf(candidate);
            DriverTable table = DriverExports.Fill(name => NativeLibraries.Export(library, name), out string? missing);
            reason = missing is null ? null
                : $"The NVIDIA driver in {path} lacks {missing}: it is older than CUDA 11.2, please update it";
            return missing is null ? new CudaDriver(table, path, loadsPtx: false) : null;
        }

        reason = DriverMessages.NotFound(candidates);
        return null;
    }

    /// <summary>Initialises the driver and counts its devices, once.</summary>
    /// <returns>Why it cannot be used, or null. A failure is not kept: the next call tries again.</returns>
    internal string? Start()
    {
        if (_started)
        {
            return null;
        }

        int version = 0;
        Table.DriverGetVersion(&version);
        Version = version;
        CudaResult result = Table.Init(0);
        int count = 0;
        if (result == CudaResult.Success)
        {
            result = Table.DeviceGetCount(&count);
        }

        if (result == CudaResult.Success && count == 0)
        {
            result = CudaResult.NoDevice;
        }

        DeviceCount = count;
        _started = result == CudaResult.Success;
        return _started ? null : DriverMessages.Unusable(this, result);
    }

    internal void Check(CudaResult result, string call)
    {
        if (result != CudaResult.Success)
        {
            throw Error(result, call);
        }
    }

    /// <summary>The exception for a failed call.</summary>
    internal CudaException Error(CudaResult result, string call, string detail = "")
    {
        CudaErrorKind kind = CudaException.Classify(result);
        string name = ErrorName(result);
        string end = kind == CudaErrorKind.Sticky ? "; the CUDA context is lost" : "";
        return new CudaException(kind, call, name, $"{call} failed with {name} ({ErrorText(result)}){detail}{end}.") { Code = result };
    }

    internal string ErrorName(CudaResult result)
    {
        byte* name = null;
        return Table.GetErrorName(result, &name) == CudaResult.Success && name != null
            ? Marshal.PtrToStringUTF8((nint)name)!
            : $"CUDA error {(int)result}";
    }

    internal string ErrorText(CudaResult result)
    {
        byte* text = null;
        return Table.GetErrorString(result, &text) == CudaResult.Success && text != null
            ? Marshal.PtrToStringUTF8((nint)text)!
            : "no description";
    }
}
