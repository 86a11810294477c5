using System.Runtime.CompilerServices;

namespace HandMeshEngine.Cuda;

/// <summary>
/// The parameters of a launch, written once and launched often. Not thread-safe while it is written. The driver reads each
/// value at the size the kernel declares, so the types must match the kernel's: <c>ulong</c> for a pointer, <c>int</c>,
/// <c>float</c>, or an unmanaged struct laid out as the kernel's.
/// </summary>
public sealed class KernelArguments
{
    /// <summary>What the hardware allows for all parameters of a kernel together.</summary>
    public const int MaxBytes = 4096;

    private const int Alignment = 16;

    private readonly List<int> _offsets = [];
    private byte[] _values = new byte[128];
    private int _used;
    private int _taken;

    /// <summary>How many there are.</summary>
    public int Count => _offsets.Count;

    internal ReadOnlySpan<byte> Values => _values;

    internal ReadOnlySpan<int> Offsets => CollectionsMarshal.AsSpan(_offsets);

    /// <summary>Adds the next parameter.</summary>
    /// <exception cref="InvalidOperationException">All together exceed <see cref="MaxBytes"/>.</exception>
    public KernelArguments Add<T>(T value)
        where T : unmanaged
    {
        // Here each value has a place of its own; the kernel has them packed, each aligned to its size.
        int size = Unsafe.SizeOf<T>();
        int packed = size is 1 or 2 or 4 or 8 ? size : Alignment;
        int taken = ((_taken + packed - 1) / packed * packed) + size;
        if (taken > MaxBytes)
        {
            throw new InvalidOperationException($"kernel parameters take {taken} bytes; {MaxBytes} is the limit");
        }

        _taken = taken;
        int offset = (_used + Alignment - 1) / Alignment * Alignment;
        int end = offset + size;

        if (end > _values.Length)
        {
            Array.Resize(ref _values, Math.Max(end, 2 * _values.Length));
        }

        MemoryMarshal.Write(_values.AsSpan(offset), in value);
        _offsets.Add(offset);
        _used = end;
        return this;
    }

    /// <summary>Adds the address of device memory plus an offset in bytes.</summary>
    public KernelArguments Add(DeviceMemory memory, long offset = 0)
    {
        MemoryRange.Check(memory.Bytes, offset, 0);
        return Add(memory.Address + (ulong)offset);
    }

    /// <summary>Replaces a parameter by one of the same type.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such parameter.</exception>
    public void Set<T>(int index, T value)
        where T : unmanaged => MemoryMarshal.Write(_values.AsSpan(_offsets[index]), in value);
}
