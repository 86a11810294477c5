namespace HandMeshEngine.Cuda;

/// <summary>A piece of device memory, aligned to 256 bytes. Its content is undefined at first. Thread-safe.</summary>
public sealed unsafe class DeviceMemory : IDisposable
{
    private int _disposed;

    /// <summary>Allocates.</summary>
    /// <param name="context">The context.</param>
    /// <param name="bytes">How many bytes; at least one.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is not positive.</exception>
    /// <exception cref="CudaException">There is not so much (<see cref="CudaErrorKind.Retry"/>), or the driver refused.</exception>
    public DeviceMemory(CudaContext context, long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        Context = context;
        Bytes = bytes;
        using CudaScope scope = context.Enter();
        ulong address;
        CudaResult result = context.Driver.Table.MemAlloc(&address, (nuint)bytes);
        if (result != CudaResult.Success)
        {
            nuint free = 0, total = 0;
            context.Driver.Table.MemGetInfo(&free, &total);
            context.Throw(result, "cuMemAlloc", $": {bytes:N0} bytes asked for, {free:N0} of {total:N0} free on {context.Device.Name}");
        }

        Address = address;
        context.AddReference();
    }

    /// <summary>The context it belongs to.</summary>
    public CudaContext Context { get; }

    /// <summary>Its device address.</summary>
    public ulong Address { get; }

    /// <summary>Its size in bytes.</summary>
    public long Bytes { get; }

    /// <summary>Frees it, after all work that was queued has ended.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            Context.Free((delegate* unmanaged<nint, CudaResult>)Context.Driver.Table.MemFree, (nint)Address, "cuMemFree");
        }
    }
}
