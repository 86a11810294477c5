using System.Runtime.CompilerServices;

namespace HandMeshEngine.Cuda.Tests;

/// <summary>Start, errors in words, devices and contexts.</summary>
internal sealed unsafe partial class FakeDriver
{
    private static CudaResult Text(byte** target, ReadOnlySpan<byte> literal)
    {
        // A UTF-8 literal lies in static data and ends with a zero, as the driver's own strings do.
        *target = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(literal));
        return CudaResult.Success;
    }

    [UnmanagedCallersOnly]
    private static CudaResult Init(uint flags) => Step();

    [UnmanagedCallersOnly]
    private static CudaResult DriverGetVersion(int* version)
    {
        *version = _current!.Version;
        return CudaResult.Success;
    }

    [UnmanagedCallersOnly]
    private static CudaResult GetErrorName(CudaResult code, byte** name) => code switch
    {
        CudaResult.OutOfMemory => Text(name, "CUDA_ERROR_OUT_OF_MEMORY"u8),
        CudaResult.SystemDriverMismatch => Text(name, "CUDA_ERROR_SYSTEM_DRIVER_MISMATCH"u8),
        CudaResult.Unknown => Text(name, "CUDA_ERROR_UNKNOWN"u8),
        CudaResult.IllegalAddress => Text(name, "CUDA_ERROR_ILLEGAL_ADDRESS"u8),
        _ => CudaResult.InvalidValue,
    };

    [UnmanagedCallersOnly]
    private static CudaResult GetErrorString(CudaResult code, byte** text) => code switch
    {
        CudaResult.OutOfMemory => Text(text, "out of memory"u8),
        CudaResult.SystemDriverMismatch => Text(text, "system has unsupported display driver / cuda driver combination"u8),
        CudaResult.Unknown => Text(text, "unknown error"u8),
        CudaResult.IllegalAddress => Text(text, "an illegal memory access was encountered"u8),
        _ => CudaResult.InvalidValue,
    };

    [UnmanagedCallersOnly]
    private static CudaResult DeviceGetCount(int* count)
    {
        *count = _current!.DeviceCount;
        return Step();
    }

    [UnmanagedCallersOnly]
    private static CudaResult DeviceGet(int* device, int ordinal)
    {
        *device = ordinal;
        return Step();
    }

    [UnmanagedCallersOnly]
    private static CudaResult DeviceGetName(byte* name, int length, int device)
    {
        "Fake GPU"u8.CopyTo(new Span<byte>(name, length));
        return Step();
    }

    [UnmanagedCallersOnly]
    private static CudaResult DeviceGetAttribute(int* value, DeviceAttribute attribute, int device)
    {
        *value = attribute switch
        {
            DeviceAttribute.ComputeCapabilityMajor => _current!.Sm / 10,
            DeviceAttribute.ComputeCapabilityMinor => _current!.Sm % 10,
            DeviceAttribute.MultiprocessorCount => 28,
            DeviceAttribute.MaxSharedMemoryPerBlock => 48 << 10,
            DeviceAttribute.MaxSharedMemoryPerBlockOptin => 99 << 10,
            _ => 1,
        };
        return Step();
    }

    [UnmanagedCallersOnly]
    private static CudaResult DeviceTotalMem(nuint* bytes, int device)
    {
        *bytes = (nuint)12 << 30;
        return Step();
    }

    [UnmanagedCallersOnly]
    private static CudaResult PrimaryRetain(nint* context, int device) => Make("context", context);

    [UnmanagedCallersOnly]
    private static CudaResult PrimaryRelease(int device)
    {
        CudaResult result = Step();
        if (result != CudaResult.OutOfMemory)
        {
            // As the real one: a lost context ends all the same, and frees all that was made in it.
            _current!.Alive.RemoveWhere(entry => entry.Kind == "context" || _current._dead != CudaResult.Success);
        }

        return result;
    }

    [UnmanagedCallersOnly]
    private static CudaResult GetCurrent(nint* context)
    {
        *context = _current!._contexts.TryPeek(out nint top) ? top : 0;
        return Step();
    }

    [UnmanagedCallersOnly]
    private static CudaResult Push(nint context)
    {
        CudaResult result = Step();
        if (result == CudaResult.Success)
        {
            _current!._contexts.Push(context);
        }

        return result;
    }

    [UnmanagedCallersOnly]
    private static CudaResult Pop(nint* context)
    {
        // A lost context can be taken off the stack all the same.
        CudaResult result = Step();
        return result == CudaResult.OutOfMemory ? result
            : _current!._contexts.TryPop(out *context) ? result : CudaResult.InvalidContext;
    }

    [UnmanagedCallersOnly]
    private static CudaResult GetContextDevice(int* device)
    {
        *device = 0;
        return Step();
    }
}
