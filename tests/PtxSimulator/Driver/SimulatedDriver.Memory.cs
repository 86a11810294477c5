namespace PtxSimulator.Driver;

internal sealed unsafe partial class SimulatedDriver
{
    private const double BytesPerMicrosecond = 20_000;

    private CudaResult MemoryInfo(nuint* free, nuint* total) => Call(
        "cuMemGetInfo",
        () =>
        {
            *free = (nuint)Math.Max(0, _options.MemoryBytes - _memory.DeviceBytes);
            *total = (nuint)_options.MemoryBytes;
            return CudaResult.Success;
        });

    private CudaResult MemoryAlloc(ulong* address, nuint bytes) => Call(
        "cuMemAlloc",
        () =>
        {
            ForbidWhileCapturing("cuMemAlloc");
            if (bytes == 0)
            {
                return Refuse(CudaResult.InvalidValue, "an allocation of 0 bytes");
            }
            if ((long)bytes > _options.MemoryBytes - _memory.DeviceBytes)
            {
                return Refuse(CudaResult.OutOfMemory, $"{bytes} bytes asked for, {_options.MemoryBytes - _memory.DeviceBytes} free");
            }
            Counters.Allocations++;
            *address = _memory.Allocate((long)bytes, AllocationKind.Device).Address;
            return CudaResult.Success;
        });

    private CudaResult MemoryFree(ulong address) => Call(
        "cuMemFree",
        () =>
        {
            DrainAll();
            return _memory.Free(address, AllocationKind.Device)
                ? CudaResult.Success
                : Refuse(CudaResult.InvalidValue, $"cuMemFree of 0x{address:x}, where no live allocation starts");
        },
        frees: true);

    private CudaResult HostAlloc(void** pointer, nuint bytes, uint flags) => Call(
        "cuMemHostAlloc",
        () =>
        {
            ForbidWhileCapturing("cuMemHostAlloc");
            if (bytes == 0)
            {
                return Refuse(CudaResult.InvalidValue, "an allocation of 0 bytes");
            }
            Counters.HostAllocations++;
            *pointer = _memory.Allocate((long)bytes, AllocationKind.Host).Data;
            return CudaResult.Success;
        });

    private CudaResult HostFree(void* pointer) => Call(
        "cuMemFreeHost",
        () =>
        {
            DrainAll();
            return _memory.Free((ulong)pointer, AllocationKind.Host)
                ? CudaResult.Success
                : Refuse(CudaResult.InvalidValue, $"cuMemFreeHost of 0x{(ulong)pointer:x}, which cuMemHostAlloc did not give");
        },
        frees: true);

    private CudaResult HostDevicePointer(ulong* address, void* pointer, uint flags) => Call(
        "cuMemHostGetDevicePointer",
        () =>
        {
            *address = (ulong)pointer;
            return IsPinned(pointer, 1) ? CudaResult.Success : Refuse(CudaResult.InvalidValue, "the pointer is not page-locked memory");
        });

    private CudaResult Upload(ulong to, void* from, nuint bytes, nint stream) => Call(
        "cuMemcpyHtoDAsync",
        () =>
        {
            DemandRange(to, bytes, "cuMemcpyHtoDAsync destination");
            nint staged = 0;
            if (_random != null && !IsPinned(from, bytes) && !IsCapturing(stream))
            {
                // A driver copies pageable memory before it returns.
                staged = Marshal.AllocHGlobal((nint)bytes);
                Buffer.MemoryCopy(from, (void*)staged, bytes, bytes);
            }
            Enqueue(stream, "copy", () =>
            {
                Counters.CopiesToDevice++;
                Counters.BytesToDevice += (long)bytes;
                Copy(to, staged == 0 ? (ulong)from : (ulong)staged, bytes, "cuMemcpyHtoDAsync", fromDevice: false);
                Marshal.FreeHGlobal(staged);
            });
            return CudaResult.Success;
        });

    private CudaResult Download(void* to, ulong from, nuint bytes, nint stream) => Call(
        "cuMemcpyDtoHAsync",
        () =>
        {
            DemandRange(from, bytes, "cuMemcpyDtoHAsync source");
            Enqueue(stream, "copy", () =>
            {
                Counters.CopiesToHost++;
                Counters.BytesToHost += (long)bytes;
                DemandWritten(from, bytes, "cuMemcpyDtoHAsync");
                Buffer.MemoryCopy((void*)from, to, bytes, bytes);
                DeviceTime += bytes / BytesPerMicrosecond;
            });
            if (!IsPinned(to, bytes) && !IsCapturing(stream))
            {
                // A driver copies to pageable memory before it returns.
                DrainStream(Stream(stream));
            }
            return CudaResult.Success;
        });

    private CudaResult DeviceCopy(ulong to, ulong from, nuint bytes, nint stream) => Call(
        "cuMemcpyDtoDAsync",
        () =>
        {
            DemandRange(to, bytes, "cuMemcpyDtoDAsync destination");
            DemandRange(from, bytes, "cuMemcpyDtoDAsync source");
            Enqueue(stream, "copy", () =>
            {
                Counters.CopiesOnDevice++;
                Copy(to, from, bytes, "cuMemcpyDtoDAsync", fromDevice: true);
            });
            return CudaResult.Success;
        });

    private CudaResult Fill(ulong to, byte value, nuint bytes, nint stream) => Call(
        "cuMemsetD8Async",
        () =>
        {
            DemandRange(to, bytes, "cuMemsetD8Async");
            Enqueue(stream, "fill", () =>
            {
                Counters.Fills++;
                var target = DemandRange(to, bytes, "cuMemsetD8Async");
                NativeMemory.Fill((void*)to, bytes, value);
                target.MarkWritten(to, (long)bytes);
            });
            return CudaResult.Success;
        });

    private void Copy(ulong to, ulong from, nuint bytes, string call, bool fromDevice)
    {
        var target = DemandRange(to, bytes, call);
        if (fromDevice)
        {
            DemandWritten(from, bytes, call);
        }
        Buffer.MemoryCopy((void*)from, (void*)to, bytes, bytes);
        target.MarkWritten(to, (long)bytes);
        DeviceTime += bytes / BytesPerMicrosecond;
    }

    private Allocation DemandRange(ulong address, nuint bytes, string call) =>
        _memory.Find(address, bytes)
        ?? throw new DriverRefusal(CudaResult.InvalidValue, $"{call}: {bytes} bytes at 0x{address:x} lie in no allocation; {_memory.Explain(address)}");

    /// <summary>Copying memory that nothing has written is a mistake that only the simulator sees.</summary>
    private void DemandWritten(ulong address, nuint bytes, string call)
    {
        var source = DemandRange(address, bytes, call);
        long at = _options.CheckMemory ? source.FirstUnwritten(address, (long)bytes) : -1;
        if (at >= 0)
        {
            throw new Execution.DeviceFaultException(CudaResult.LaunchFailed, $"{call} reads device memory that nothing has written: byte {address + (ulong)at - source.Address} of an allocation of {source.Bytes}");
        }
    }

    private bool IsPinned(void* pointer, nuint bytes) => _memory.Find((ulong)pointer, bytes) is { Kind: AllocationKind.Host };
}
