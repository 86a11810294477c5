namespace HandMeshEngine.Native.Abi;

/// <summary>UTF-8 text with a closing zero in memory that never moves. The pointer holds until the next <see cref="Set"/>.</summary>
internal sealed unsafe class NativeText
{
    private byte* _bytes;
    private int _capacity;

    /// <summary>No text yet.</summary>
    public NativeText() => Set(string.Empty);

    /// <summary>A text that stays.</summary>
    public NativeText(string text) => Set(text);

    ~NativeText() => NativeMemory.Free(_bytes);

    /// <summary>The first byte.</summary>
    public byte* Pointer => _bytes;

    /// <summary>Another text in place of this one.</summary>
    public void Set(string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        if (length + 1 > _capacity)
        {
            _bytes = (byte*)NativeMemory.Realloc(_bytes, (nuint)length + 1);
            _capacity = length + 1;
        }

        Encoding.UTF8.GetBytes(text, new Span<byte>(_bytes, length));
        _bytes[length] = 0;
    }

    /// <summary>A caller's text; null for a null pointer.</summary>
    /// <exception cref="AbiException">It is longer than any path.</exception>
    public static string? Read(byte* text, string argument)
    {
        // A pointer to something else than text ends here instead of at the end of the address space.
        const int longest = 32768;
        if (text == null)
        {
            return null;
        }

        int length = new ReadOnlySpan<byte>(text, longest).IndexOf((byte)0);
        return length >= 0
            ? Encoding.UTF8.GetString(text, length)
            : throw new AbiException(Status.InvalidArgument, $"{argument} has no closing zero within {longest} bytes");
    }
}
