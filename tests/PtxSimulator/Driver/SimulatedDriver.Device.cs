using System.Text;

namespace PtxSimulator.Driver;

internal sealed unsafe partial class SimulatedDriver
{
    private const int ClockKHz = 1_500_000;

    private CudaResult Init(uint flags) => Call(
        "cuInit",
        () =>
        {
            _initialized = true;
            return CudaResult.Success;
        },
        needsContext: false);

    private CudaResult DriverGetVersion(int* version) => Call(
        "cuDriverGetVersion",
        () =>
        {
            *version = _options.DriverVersion;
            return CudaResult.Success;
        },
        needsContext: false);

    private CudaResult DeviceGetCount(int* count) => Call(
        "cuDeviceGetCount",
        () =>
        {
            *count = 1;
            return CudaResult.Success;
        },
        needsContext: false);

    private CudaResult DeviceGet(int* device, int ordinal) => Call(
        "cuDeviceGet",
        () =>
        {
            *device = ordinal;
            return CheckDevice(ordinal);
        },
        needsContext: false);

    private CudaResult DeviceGetName(byte* name, int length, int device) => Call(
        "cuDeviceGetName",
        () =>
        {
            byte[] text = Encoding.ASCII.GetBytes($"PTX simulator (sm_{_options.Sm})\0");
            int count = Math.Min(length, text.Length);
            text.AsSpan(0, count).CopyTo(new Span<byte>(name, count));
            name[count - 1] = 0;
            return CheckDevice(device);
        },
        needsContext: false);

    private CudaResult DeviceTotalMem(nuint* bytes, int device) => Call(
        "cuDeviceTotalMem",
        () =>
        {
            *bytes = (nuint)_options.MemoryBytes;
            return CheckDevice(device);
        },
        needsContext: false);

    private CudaResult DeviceGetAttribute(int* value, DeviceAttribute attribute, int device) => Call(
        "cuDeviceGetAttribute",
        () =>
        {
            int? known = Attribute(attribute);
            *value = known ?? 0;
            return known == null ? Refuse(CudaResult.InvalidValue, $"device attribute {attribute} is not simulated") : CheckDevice(device);
        },
        needsContext: false);

    private int? Attribute(DeviceAttribute attribute) => attribute switch
    {
        DeviceAttribute.MaxThreadsPerBlock => 1024,
        DeviceAttribute.MaxGridDimX => int.MaxValue,
        DeviceAttribute.MaxGridDimY or DeviceAttribute.MaxGridDimZ => 65535,
        DeviceAttribute.MaxSharedMemoryPerBlock => DefaultSharedBytes,
        DeviceAttribute.WarpSize => 32,
        DeviceAttribute.ClockRateKHz => ClockKHz,
        DeviceAttribute.MultiprocessorCount => _options.MultiprocessorCount,
        DeviceAttribute.CanMapHostMemory => 1,
        DeviceAttribute.MemoryClockRateKHz => ClockKHz,
        DeviceAttribute.GlobalMemoryBusWidth => 5120,
        DeviceAttribute.L2CacheSize => 50 << 20,
        DeviceAttribute.MaxThreadsPerMultiprocessor => ThreadsPerMultiprocessor,
        DeviceAttribute.ComputeCapabilityMajor => _options.Sm / 10,
        DeviceAttribute.ComputeCapabilityMinor => _options.Sm % 10,
        DeviceAttribute.MaxSharedMemoryPerMultiprocessor => MaxSharedBytes + (_options.Sm == 75 ? 0 : 1024),
        DeviceAttribute.MaxRegistersPerMultiprocessor => 65536,
        DeviceAttribute.CooperativeLaunch => 1,
        DeviceAttribute.MaxSharedMemoryPerBlockOptin => MaxSharedBytes,
        _ => null,
    };

    private const int DefaultSharedBytes = 48 << 10;

    private int ThreadsPerMultiprocessor => _options.Sm switch { 75 => 1024, 86 or 87 or 89 => 1536, _ => 2048 };

    private int MaxSharedBytes => _options.Sm switch
    {
        75 => 64 << 10,
        80 or 87 => 163 << 10,
        86 or 89 => 99 << 10,
        _ => 227 << 10,
    };

    private CudaResult PrimaryRetain(nint* context, int device) => Call(
        "cuDevicePrimaryCtxRetain",
        () =>
        {
            if (_primaryReferences++ == 0)
            {
                _primary = _nextHandle++;
                Sticky = CudaResult.Success;
            }
            *context = _primary;
            return CheckDevice(device);
        },
        needsContext: false);

    private CudaResult PrimaryRelease(int device) => Call(
        "cuDevicePrimaryCtxRelease",
        () =>
        {
            if (_primaryReferences == 0)
            {
                return Refuse(CudaResult.InvalidContext, "the primary context is released more often than retained");
            }
            _primaryReferences--;
            return CheckDevice(device);
        },
        frees: true,
        needsContext: false);

    private CudaResult ContextGetCurrent(nint* context) => Call(
        "cuCtxGetCurrent",
        () =>
        {
            *context = CurrentContext();
            return CudaResult.Success;
        },
        needsContext: false);

    private CudaResult ContextPush(nint context) => Call(
        "cuCtxPushCurrent",
        () =>
        {
            if (_primaryReferences == 0 || context != _primary)
            {
                return Refuse(CudaResult.InvalidContext, $"0x{context:x} is no live context");
            }
            _contexts.Value!.Push(context);
            return CudaResult.Success;
        },
        needsContext: false);

    private CudaResult ContextPop(nint* context) => Call(
        "cuCtxPopCurrent",
        () =>
        {
            if (!_contexts.Value!.TryPop(out nint popped))
            {
                return Refuse(CudaResult.InvalidContext, "cuCtxPopCurrent without a context pushed on this thread");
            }
            *context = popped;
            return CudaResult.Success;
        },
        frees: true,
        needsContext: false);

    private CudaResult ContextGetDevice(int* device) => Call(
        "cuCtxGetDevice",
        () =>
        {
            *device = 0;
            return CudaResult.Success;
        });

    private CudaResult CheckDevice(int device) =>
        device == 0 ? CudaResult.Success : Refuse(CudaResult.InvalidDevice, $"there is no device {device}");
}
