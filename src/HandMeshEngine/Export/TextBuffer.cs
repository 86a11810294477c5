using System.Buffers;

namespace HandMeshEngine.Export;

/// <summary>ASCII text collected before it is written: numbers are invariant and keep every digit they need.</summary>
internal sealed class TextBuffer
{
    private const int LongestNumber = 32;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public TextBuffer Add(string text)
    {
        Encoding.ASCII.GetBytes(text, _bytes);
        return this;
    }

    public TextBuffer Add<T>(T number)
        where T : struct, IUtf8SpanFormattable
    {
        if (!number.TryFormat(_bytes.GetSpan(LongestNumber), out int count, default, CultureInfo.InvariantCulture))
        {
            throw new InvalidOperationException("a number takes more characters than any number can");
        }

        _bytes.Advance(count);
        return this;
    }
}
