namespace HandMeshEngine.Native.Abi;

/// <summary>
/// Structs of callers, which begin with their size: an older caller's lacks the last fields, which then are zero; a newer caller's has
/// more, which must be zero, because this library would not do what they ask for.
/// </summary>
internal static unsafe class Sized
{
    /// <summary>Reads a caller's struct.</summary>
    /// <exception cref="AbiException">The pointer is null, or the size is none of this struct.</exception>
    public static T Read<T>(T* from, uint least, string argument)
        where T : unmanaged
    {
        uint size = Check(from, least, argument);
        T value = default;
        Buffer.MemoryCopy(from, &value, sizeof(T), Math.Min(size, (uint)sizeof(T)));
        if (size > sizeof(T) && new ReadOnlySpan<byte>((byte*)from + sizeof(T), (int)size - sizeof(T)).ContainsAnyExcept((byte)0))
        {
            throw new AbiException(
                Status.NotSupported, $"{argument} sets fields beyond the {sizeof(T)} bytes that this library knows; it is older than the header");
        }

        return value;
    }

    /// <summary>Fills a caller's struct, as much of it as the caller knows.</summary>
    /// <exception cref="AbiException">The pointer is null, or the size is none of this struct.</exception>
    public static void Write<T>(T* to, uint least, string argument, T value)
        where T : unmanaged
    {
        uint size = Check(to, least, argument);
        *(uint*)&value = size;
        Buffer.MemoryCopy(&value, to, size, Math.Min(size, (uint)sizeof(T)));
    }

    /// <summary>The size that a caller wrote.</summary>
    /// <exception cref="AbiException">The pointer is null, or the size is none of this struct.</exception>
    public static uint Check(void* structure, uint least, string argument)
    {
        const uint most = 4096;
        if (structure == null)
        {
            throw AbiException.Null(argument);
        }

        uint size = *(uint*)structure;
        return size >= least && size <= most
            ? size
            : throw new AbiException(Status.InvalidArgument, $"{argument}->size is {size}; set it to sizeof of the struct ({least} bytes or more)");
    }
}
