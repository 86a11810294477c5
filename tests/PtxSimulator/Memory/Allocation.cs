namespace PtxSimulator.Memory;

internal enum AllocationKind
{
    Device,
    /// <summary>Page-locked host memory that kernels may reach.</summary>
    Host,
    /// <summary>A variable of a module.</summary>
    Module,
}

/// <summary>One piece of memory that device code may touch. A device address is the address of the bytes in this process.</summary>
internal sealed unsafe class Allocation
{
    private const byte Poison = 0x7f;

    private const int LineShift = 8;

    private readonly byte* _written;
    private readonly bool[] _computed;
    private ulong _writtenSoFar;

    public Allocation(long bytes, AllocationKind kind)
    {
        Bytes = (ulong)bytes;
        Kind = kind;
        Data = (byte*)NativeMemory.AlignedAlloc((nuint)Math.Max(bytes, 1) + 256, 512);
        NativeMemory.Fill(Data, (nuint)bytes, Poison);
        _written = kind == AllocationKind.Device ? (byte*)NativeMemory.AllocZeroed((nuint)Math.Max(bytes, 1)) : null;
        IsWritten = kind != AllocationKind.Device;
        _computed = new bool[(bytes >> LineShift) + 1];
    }

    public byte* Data { get; }

    public ulong Address => (ulong)Data;

    public ulong Bytes { get; }

    public AllocationKind Kind { get; }

    /// <summary>True once every byte is known to have been written.</summary>
    public bool IsWritten { get; private set; }

    public bool Contains(ulong address, ulong bytes) => address >= Address && bytes <= Bytes && address - Address <= Bytes - bytes;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void MarkWritten(ulong address, long bytes)
    {
        if (IsWritten)
        {
            return;
        }
        if ((ulong)bytes == Bytes)
        {
            IsWritten = true;
            return;
        }
        byte* flags = _written + (address - Address);
        switch (bytes)
        {
            case 2:
                *(ushort*)flags = 0x0101;
                break;
            case 4:
                *(uint*)flags = 0x01010101u;
                break;
            case 16:
                Vector128<byte>.One.Store(flags);
                break;
            default:
                NativeMemory.Fill(flags, (nuint)bytes, 1);
                break;
        }
    }

    /// <summary>Notes that a kernel wrote here.</summary>
    public void MarkComputed(ulong address, long bytes)
    {
        ulong last = (address - Address + (ulong)bytes - 1) >> LineShift;
        for (ulong line = (address - Address) >> LineShift; line <= last; line++)
        {
            _computed[line] = true;
        }
    }

    /// <summary>Whether a kernel ever wrote here or close by.</summary>
    public bool IsComputed(ulong address, long bytes) =>
        _computed.AsSpan((int)((address - Address) >> LineShift)..(int)(((address - Address + (ulong)bytes - 1) >> LineShift) + 1)).Contains(true);

    /// <summary>
    /// Sees whether every byte has been written by now. Goes on where it stopped the last time, so that asking often costs little.
    /// </summary>
    public void NoteProgress()
    {
        if (IsWritten)
        {
            return;
        }
        long at = FirstUnwritten(Address + _writtenSoFar, (long)(Bytes - _writtenSoFar));
        IsWritten = at < 0;
        _writtenSoFar += (ulong)Math.Max(at, 0);
    }

    /// <summary>Offset of the first byte in the range that nothing has written, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public long FirstUnwritten(ulong address, long bytes)
    {
        if (IsWritten)
        {
            return -1;
        }
        byte* flags = _written + (address - Address);
        bool written = bytes switch
        {
            2 => *(ushort*)flags == 0x0101,
            4 => *(uint*)flags == 0x01010101u,
            16 => Vector128.Load(flags) == Vector128<byte>.One,
            _ => false,
        };
        if (written)
        {
            return -1;
        }
        for (long done = 0; done < bytes; done += int.MaxValue / 2)
        {
            int length = (int)Math.Min(bytes - done, int.MaxValue / 2);
            int at = new ReadOnlySpan<byte>(flags + done, length).IndexOf((byte)0);
            if (at >= 0)
            {
                return done + at;
            }
        }
        return -1;
    }

    public void Free()
    {
        NativeMemory.AlignedFree(Data);
        NativeMemory.Free(_written);
    }
}
