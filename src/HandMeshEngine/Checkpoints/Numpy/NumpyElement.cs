using System.Runtime.InteropServices;

namespace HandMeshEngine.Checkpoints.Numpy;

/// <summary>
/// An element type as numpy spells it, such as <c>&lt;f4</c>. Types that tensors do not have widen to one that holds
/// every value: uint16 to int32, uint32 to int64.
/// </summary>
/// <param name="Kind">f, i, u or b.</param>
/// <param name="Size">Bytes of an element.</param>
/// <param name="IsBigEndian">Whether the bytes have to be swapped.</param>
internal sealed record NumpyElement(char Kind, int Size, bool IsBigEndian)
{
    /// <summary>The element type of the tensor that holds such elements, or null if there is none.</summary>
    public DType? Type => (Kind, Size) switch
    {
        ('f', 2) => DType.Float16,
        ('f', 4) => DType.Float32,
        ('f', 8) => DType.Float64,
        ('i', 1) => DType.Int8,
        ('i', 2) => DType.Int16,
        ('i', 4) or ('u', 2) => DType.Int32,
        ('i', 8) or ('u', 4) or ('u', 8) => DType.Int64,
        ('u', 1) => DType.UInt8,
        ('b', 1) => DType.Bool,
        _ => null,
    };

    /// <summary>Reads <c>&lt;f4</c>, <c>|u1</c>, <c>&gt;i8</c> or <c>f8</c>; null if it is nothing of the kind.</summary>
    public static NumpyElement? Parse(string text)
    {
        bool ordered = text.Length > 0 && text[0] is '<' or '>' or '|' or '=';
        ReadOnlySpan<char> code = text.AsSpan(ordered ? 1 : 0);
        return code.Length == 2 && char.IsAsciiLetter(code[0]) && char.IsAsciiDigit(code[1])
            ? new NumpyElement(code[0], code[1] - '0', text[0] == '>')
            : null;
    }

    /// <summary>A tensor of such elements.</summary>
    /// <param name="raw">The elements, in the order that <paramref name="fortran"/> names.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="fortran">Whether the first axis is the fastest.</param>
    /// <exception cref="OverflowException">An unsigned 64-bit value does not fit.</exception>
    public Tensor ToTensor(byte[] raw, Shape shape, bool fortran)
    {
        byte[] bytes = IsBigEndian && Size > 1 ? Swapped(raw) : raw;
        if (fortran && shape.Rank > 1)
        {
            bytes = RowMajor(bytes, shape);
        }

        return (Kind, Size) switch
        {
            ('u', 2) => Tensor.From(shape, Array.ConvertAll(As<ushort>(bytes).ToArray(), value => (int)value)),
            ('u', 4) => Tensor.From(shape, Array.ConvertAll(As<uint>(bytes).ToArray(), value => (long)value)),
            ('u', 8) => Tensor.From(shape, Array.ConvertAll(As<ulong>(bytes).ToArray(), value => checked((long)value))),
            _ => new Tensor(Type!.Value, shape, bytes),
        };
    }

    private byte[] Swapped(byte[] raw)
    {
        byte[] bytes = new byte[raw.Length];
        switch (Size)
        {
            case 2: BinaryPrimitives.ReverseEndianness(As<ushort>(raw), As<ushort>(bytes)); break;
            case 4: BinaryPrimitives.ReverseEndianness(As<uint>(raw), As<uint>(bytes)); break;
            default: BinaryPrimitives.ReverseEndianness(As<ulong>(raw), As<ulong>(bytes)); break;
        }

        return bytes;
    }

    private static Span<T> As<T>(byte[] bytes)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(bytes.AsSpan());

    private byte[] RowMajor(byte[] raw, Shape shape)
    {
        byte[] bytes = new byte[raw.Length];
        int[] at = new int[shape.Rank];
        for (int to = 0; to < shape.Count; to++)
        {
            int from = 0;
            for (int axis = shape.Rank - 1; axis >= 0; axis--)
            {
                from = (from * shape[axis]) + at[axis];
            }

            raw.AsSpan(from * Size, Size).CopyTo(bytes.AsSpan(to * Size));
            for (int axis = shape.Rank - 1; axis >= 0 && ++at[axis] == shape[axis]; axis--)
            {
                at[axis] = 0;
            }
        }

        return bytes;
    }
}
