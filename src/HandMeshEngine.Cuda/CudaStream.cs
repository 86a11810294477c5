namespace HandMeshEngine.Cuda;

/// <summary>
/// A queue of work: own, or the caller's. Calls may come from any thread, but the order of work in a stream is the order of
/// the calls, so two threads that share one need an order of their own.
/// </summary>
public sealed unsafe class CudaStream : IDisposable
{
    private const uint NonBlocking = 1;

    private readonly bool _isOwned;
    private int _disposed;

    /// <summary>Makes a stream that does not wait for the default stream.</summary>
    /// <exception cref="CudaException">The driver refused.</exception>
    public CudaStream(CudaContext context)
    {
        Context = context;
        _isOwned = true;
        using CudaScope scope = context.Enter();
        nint handle;
        context.Check(context.Driver.Table.StreamCreate(&handle, NonBlocking), "cuStreamCreate");
        Handle = handle;
        context.AddReference();
    }

    private CudaStream(CudaContext context, nint handle)
    {
        Context = context;
        Handle = handle;
    }

    /// <summary>The context it belongs to.</summary>
    public CudaContext Context { get; }

    /// <summary>The CUstream.</summary>
    public nint Handle { get; }

    /// <summary>Whether it is one of the default streams, on which nothing can be captured.</summary>
    public bool IsDefault => Handle is >= 0 and <= 2;

    /// <summary>Wraps a stream of the caller, who keeps owning it; zero is the default stream.</summary>
    public static CudaStream FromHandle(CudaContext context, nint handle) => new(context, handle);

    /// <summary>Waits until all its work is done.</summary>
    /// <exception cref="CudaException">The work failed, now or earlier.</exception>
    public void Synchronize()
    {
        using CudaScope scope = Context.Enter();
        Context.Check(Context.Driver.Table.StreamSynchronize(Handle), "cuStreamSynchronize");
    }

    /// <summary>Makes later work of this stream wait for an event recorded in another.</summary>
    /// <exception cref="CudaException">The driver refused.</exception>
    public void Wait(CudaEvent other)
    {
        using CudaScope scope = Context.Enter();
        Context.Check(Context.Driver.Table.StreamWaitEvent(Handle, other.Handle, 0), "cuStreamWaitEvent");
    }

    /// <summary>Queues a copy from pinned host memory to the device. Offsets and length in bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The copy leaves one of the two.</exception>
    /// <exception cref="CudaException">The driver refused.</exception>
    public void Copy(PinnedMemory from, long fromOffset, DeviceMemory to, long toOffset, long bytes)
    {
        MemoryRange.Check(from.Bytes, fromOffset, bytes);
        MemoryRange.Check(to.Bytes, toOffset, bytes);
        using CudaScope scope = Context.Enter();
        Context.Check(
            Context.Driver.Table.MemcpyHtoDAsync(to.Address + (ulong)toOffset, (byte*)from.Pointer + fromOffset, (nuint)bytes, Handle),
            "cuMemcpyHtoDAsync");
    }

    /// <summary>Queues a copy from the device to pinned host memory. Offsets and length in bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The copy leaves one of the two.</exception>
    /// <exception cref="CudaException">The driver refused.</exception>
    public void Copy(DeviceMemory from, long fromOffset, PinnedMemory to, long toOffset, long bytes)
    {
        MemoryRange.Check(from.Bytes, fromOffset, bytes);
        MemoryRange.Check(to.Bytes, toOffset, bytes);
        using CudaScope scope = Context.Enter();
        Context.Check(
            Context.Driver.Table.MemcpyDtoHAsync((byte*)to.Pointer + toOffset, from.Address + (ulong)fromOffset, (nuint)bytes, Handle),
            "cuMemcpyDtoHAsync");
    }

    /// <summary>Queues a copy on the device. Offsets and length in bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The copy leaves one of the two.</exception>
    /// <exception cref="CudaException">The driver refused.</exception>
    public void Copy(DeviceMemory from, long fromOffset, DeviceMemory to, long toOffset, long bytes)
    {
        MemoryRange.Check(from.Bytes, fromOffset, bytes);
        MemoryRange.Check(to.Bytes, toOffset, bytes);
        using CudaScope scope = Context.Enter();
        Context.Check(
            Context.Driver.Table.MemcpyDtoDAsync(to.Address + (ulong)toOffset, from.Address + (ulong)fromOffset, (nuint)bytes, Handle),
            "cuMemcpyDtoDAsync");
    }

    /// <summary>Queues filling device memory with one byte. Offset and length in bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range leaves the memory.</exception>
    /// <exception cref="CudaException">The driver refused.</exception>
    public void Fill(DeviceMemory memory, long offset, long bytes, byte value)
    {
        MemoryRange.Check(memory.Bytes, offset, bytes);
        using CudaScope scope = Context.Enter();
        Context.Check(
            Context.Driver.Table.MemsetD8Async(memory.Address + (ulong)offset, value, (nuint)bytes, Handle), "cuMemsetD8Async");
    }

    /// <summary>Copies to the device and waits for it. Offset in bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The copy leaves the memory.</exception>
    /// <exception cref="CudaException">The driver refused.</exception>
    public void Write(DeviceMemory to, long offset, ReadOnlySpan<byte> from)
    {
        MemoryRange.Check(to.Bytes, offset, from.Length);
        using CudaScope scope = Context.Enter();
        fixed (byte* source = from)
        {
            Context.Check(
                Context.Driver.Table.MemcpyHtoDAsync(to.Address + (ulong)offset, source, (nuint)from.Length, Handle), "cuMemcpyHtoDAsync");
            Context.Check(Context.Driver.Table.StreamSynchronize(Handle), "cuStreamSynchronize");
        }
    }

    /// <summary>Waits for the work before, then copies from the device. Offset in bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The copy leaves the memory.</exception>
    /// <exception cref="CudaException">The driver refused, or the work before failed.</exception>
    public void Read(DeviceMemory from, long offset, Span<byte> to)
    {
        MemoryRange.Check(from.Bytes, offset, to.Length);
        using CudaScope scope = Context.Enter();
        fixed (byte* target = to)
        {
            Context.Check(
                Context.Driver.Table.MemcpyDtoHAsync(target, from.Address + (ulong)offset, (nuint)to.Length, Handle), "cuMemcpyDtoHAsync");
            Context.Check(Context.Driver.Table.StreamSynchronize(Handle), "cuStreamSynchronize");
        }
    }

    /// <summary>Destroys an own stream; one of the caller is left alone.</summary>
    public void Dispose()
    {
        if (_isOwned && Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            Context.Free(Context.Driver.Table.StreamDestroy, Handle, "cuStreamDestroy");
        }
    }
}
