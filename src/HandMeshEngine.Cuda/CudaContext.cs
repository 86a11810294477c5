using System.Diagnostics.CodeAnalysis;

namespace HandMeshEngine.Cuda;

/// <summary>
/// A context: the primary one of a device, retained, or one that the caller made. Thread-safe. Streams, memory, modules and
/// graphs made in it keep it alive: disposing it only gives up this reference.
/// </summary>
public sealed unsafe class CudaContext : IDisposable
{
    private readonly bool _isPrimary;
    private CudaException? _fault;
    private int _references = 1;
    private int _disposed;

    private CudaContext(CudaDevice device, nint handle, bool isPrimary)
    {
        Device = device;
        Handle = handle;
        _isPrimary = isPrimary;
    }

    /// <summary>The device.</summary>
    public CudaDevice Device { get; }

    /// <summary>The CUcontext.</summary>
    public nint Handle { get; }

    /// <summary>The first error that lost the context, or null. Once set, every call in this context throws it again.</summary>
    public CudaException? Fault => Volatile.Read(ref _fault);

    internal CudaDriver Driver => Device.Driver;

    /// <summary>Retains the primary context of a device, which all users of the device in this process share.</summary>
    /// <exception cref="CudaException">The driver refused.</exception>
    public static CudaContext Retain(CudaDevice device)
    {
        nint handle;
        device.Driver.Check(device.Driver.Table.DevicePrimaryCtxRetain(&handle, device.Handle), "cuDevicePrimaryCtxRetain");
        return new CudaContext(device, handle, isPrimary: true);
    }

    /// <summary>Wraps a context of the caller, who keeps owning it and must keep it until all made in it is disposed.</summary>
    /// <exception cref="ArgumentException">The handle is zero.</exception>
    /// <exception cref="CudaException">The driver refused.</exception>
    public static CudaContext FromHandle(CudaDriver driver, nint handle)
    {
        if (handle == 0)
        {
            throw new ArgumentException("the context handle is zero; give a CUcontext, or none to use the primary one", nameof(handle));
        }

        driver.Check(driver.Table.CtxPushCurrent(handle), "cuCtxPushCurrent");
        int ordinal; // a CUdevice is the ordinal
        CudaResult result = driver.Table.CtxGetDevice(&ordinal);
        nint popped;
        if (driver.Table.CtxPopCurrent(&popped) != CudaResult.Success)
        {
            driver.Check(driver.Table.CtxPopCurrent(&popped), "cuCtxPopCurrent");
        }

        driver.Check(result, "cuCtxGetDevice");
        return new CudaContext(driver.GetDevice(ordinal), handle, isPrimary: false);
    }

    /// <summary>
    /// Makes the context current on this thread until the scope is disposed, then the one before. Every call does this by
    /// itself; a caller that makes several saves time by doing it once around them.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The context was disposed with all that was made in it.</exception>
    /// <exception cref="CudaException">The context is faulted, or the driver refused.</exception>
    public CudaScope Enter()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _references) == 0, this);
        if (Fault is { } first)
        {
            throw CudaException.Faulted(first);
        }

        nint current;
        Check(Driver.Table.CtxGetCurrent(&current), "cuCtxGetCurrent");
        if (current == Handle)
        {
            return default;
        }

        Check(Driver.Table.CtxPushCurrent(Handle), "cuCtxPushCurrent");
        return new CudaScope(this);
    }

    /// <summary>Free and total device memory in bytes.</summary>
    /// <exception cref="CudaException">The driver refused.</exception>
    public (long Free, long Total) GetMemoryInfo()
    {
        using CudaScope scope = Enter();
        nuint free, total;
        Check(Driver.Table.MemGetInfo(&free, &total), "cuMemGetInfo");
        return ((long)free, (long)total);
    }

    /// <summary>Gives up this reference; the context goes when the last object made in it is disposed.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            RemoveReference();
        }
    }

    internal void Check(CudaResult result, string call, string detail = "")
    {
        if (result != CudaResult.Success)
        {
            Throw(result, call, detail);
        }
    }

    /// <summary>Throws the error; one that loses the context faults it.</summary>
    [DoesNotReturn]
    internal void Throw(CudaResult result, string call, string detail)
    {
        CudaException error = Driver.Error(result, call, detail);
        if (error.Kind == CudaErrorKind.Sticky)
        {
            Interlocked.CompareExchange(ref _fault, error, null);
        }

        throw error;
    }

    /// <summary>Called by what is made in this context.</summary>
    internal void AddReference() => Interlocked.Increment(ref _references);

    /// <summary>Frees something made in this context, even a faulted one, and gives up its reference. Never throws.</summary>
    internal void Free(delegate* unmanaged<nint, CudaResult> entry, nint handle, string call)
    {
        bool pushed = Succeeds(Driver.Table.CtxPushCurrent, Handle, "cuCtxPushCurrent");
        Succeeds(entry, handle, call);
        if (pushed)
        {
            Leave();
        }

        RemoveReference();
    }

    /// <summary>Undoes a push.</summary>
    internal void Leave()
    {
        nint popped;
        Succeeds((delegate* unmanaged<nint, CudaResult>)Driver.Table.CtxPopCurrent, (nint)(&popped), "cuCtxPopCurrent");
    }

    private void RemoveReference()
    {
        if (Interlocked.Decrement(ref _references) == 0 && _isPrimary)
        {
            Succeeds((delegate* unmanaged<nint, CudaResult>)Driver.Table.DevicePrimaryCtxRelease, Device.Handle, "cuDevicePrimaryCtxRelease");
        }
    }

    /// <summary>
    /// A call that must not throw because it cleans up. A failure is tried once more, since leaving it would leak, unless it is
    /// sticky: then the driver has done what it could, and a second try might give up what another user of the context holds.
    /// What fails in the end faults the context, so that the next call tells.
    /// </summary>
    private bool Succeeds(delegate* unmanaged<nint, CudaResult> entry, nint argument, string call)
    {
        CudaResult result = entry(argument);
        if (result != CudaResult.Success && CudaException.Classify(result) != CudaErrorKind.Sticky)
        {
            result = entry(argument);
        }

        if (result != CudaResult.Success)
        {
            Interlocked.CompareExchange(ref _fault, Driver.Error(result, call), null);
        }

        return result == CudaResult.Success;
    }
}
