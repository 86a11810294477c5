namespace HandMeshEngine.Cuda;

/// <summary>
/// Page-locked host memory: copies to and from it run without the processor, and kernels can reach it if the device can map it.
/// Reading and writing it is the caller's to order with the streams that use it.
/// </summary>
public sealed unsafe class PinnedMemory : IDisposable
{
    private const uint Portable = 1;
    private const uint Mapped = 2;

    private int _disposed;

    /// <summary>Allocates, filled with zeros.</summary>
    /// <param name="context">The context.</param>
    /// <param name="bytes">How many bytes; at least one.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is not positive or over 2 GB.</exception>
    /// <exception cref="CudaException">There is not so much (<see cref="CudaErrorKind.Retry"/>), or the driver refused.</exception>
    public PinnedMemory(CudaContext context, long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, Array.MaxLength);
        Context = context;
        Bytes = bytes;
        using CudaScope scope = context.Enter();
        void* pointer;
        uint flags = Portable | (context.Device.CanMapHostMemory ? Mapped : 0);
        context.Check(
            context.Driver.Table.MemHostAlloc(&pointer, (nuint)bytes, flags), "cuMemHostAlloc", $": {bytes:N0} bytes asked for");
        Pointer = (nint)pointer;
        context.AddReference();
        Span.Clear();
        if (context.Device.CanMapHostMemory)
        {
            ulong address;
            CudaResult result = context.Driver.Table.MemHostGetDevicePointer(&address, pointer, 0);
            if (result != CudaResult.Success)
            {
                Dispose();
                context.Throw(result, "cuMemHostGetDevicePointer", "");
            }

            DeviceAddress = address;
        }
    }

    /// <summary>The context it belongs to.</summary>
    public CudaContext Context { get; }

    /// <summary>Its host address.</summary>
    public nint Pointer { get; }

    /// <summary>Its address for kernels; zero if the device cannot map host memory.</summary>
    public ulong DeviceAddress { get; }

    /// <summary>Its size in bytes.</summary>
    public long Bytes { get; }

    /// <summary>Its bytes. Not to be kept longer than the memory lives.</summary>
    /// <exception cref="ObjectDisposedException">It was freed.</exception>
    public Span<byte> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
            return new Span<byte>((void*)Pointer, (int)Bytes);
        }
    }

    /// <summary>Frees it.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            Context.Free((delegate* unmanaged<nint, CudaResult>)Context.Driver.Table.MemFreeHost, Pointer, "cuMemFreeHost");
        }
    }
}
