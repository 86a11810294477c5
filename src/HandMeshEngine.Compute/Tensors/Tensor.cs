using System.Globalization;

namespace HandMeshEngine.Compute.Tensors;

/// <summary>
/// A dense row-major array in host memory: weights, tables, inputs and outputs. The engine's working buffers are
/// not tensors; they belong to a <c>Session</c>.
/// </summary>
public sealed class Tensor
{
    private readonly Memory<byte> _bytes;

    /// <summary>A tensor over existing bytes (not copied), little endian.</summary>
    /// <exception cref="ArgumentException">The byte count does not fit shape and type.</exception>
    public Tensor(DType type, Shape shape, Memory<byte> bytes)
    {
        long expected = (long)shape.Count * type.Size();
        if (bytes.Length != expected)
        {
            throw new ArgumentException($"a {type} tensor {shape} takes {expected} bytes, not {bytes.Length}");
        }

        Type = type;
        Shape = shape;
        _bytes = bytes;
    }

    /// <summary>A tensor of zeros.</summary>
    public Tensor(DType type, Shape shape)
        : this(type, shape, new byte[checked((long)shape.Count * type.Size())])
    {
    }

    /// <summary>Element type.</summary>
    public DType Type { get; }

    /// <summary>Extents.</summary>
    public Shape Shape { get; }

    /// <summary>The raw little-endian storage.</summary>
    public Span<byte> Bytes => _bytes.Span;

    /// <summary>A tensor holding a copy of <paramref name="values"/>.</summary>
    public static Tensor From<T>(Shape shape, params ReadOnlySpan<T> values)
        where T : unmanaged
    {
        if (values.Length != shape.Count)
        {
            throw new ArgumentException($"shape {shape} takes {shape.Count} values, not {values.Length}");
        }

        return new Tensor(DTypes.Of<T>(), shape, MemoryMarshal.AsBytes(values).ToArray());
    }

    /// <summary>The elements as <typeparamref name="T"/>.</summary>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> is not the element type.</exception>
    public Span<T> Span<T>()
        where T : unmanaged
    {
        if (DTypes.Of<T>() != Type)
        {
            throw new InvalidOperationException($"this tensor holds {Type}, not {DTypes.Of<T>()}");
        }

        return MemoryMarshal.Cast<byte, T>(_bytes.Span);
    }

    /// <summary>The same bytes under another shape of equal count.</summary>
    public Tensor Reshape(Shape shape) => new(Type, shape, _bytes);

    /// <summary>The values converted to <see cref="DType.Float32"/>; returns this tensor if it already is.</summary>
    public Tensor ToFloat32()
    {
        if (Type == DType.Float32)
        {
            return this;
        }

        var result = new Tensor(DType.Float32, Shape);
        Span<float> to = result.Span<float>();
        if (Type == DType.Float16)
        {
            HalfFloats.Widen(Span<Half>(), to);
            return result;
        }

        for (int i = 0; i < to.Length; i++)
        {
            to[i] = (float)this[i];
        }

        return result;
    }

    /// <summary>One element by flat index, as a double (exact for every type but large 64-bit integers).</summary>
    public double this[int index] => Type switch
    {
        DType.Float32 => Span<float>()[index],
        DType.Float16 => (double)Span<Half>()[index],
        DType.Float64 => Span<double>()[index],
        DType.BFloat16 => BitConverter.Int32BitsToSingle(MemoryMarshal.Cast<byte, ushort>(Bytes)[index] << 16),
        DType.UInt8 or DType.Bool => Bytes[index],
        DType.Int8 => (sbyte)Bytes[index],
        DType.Int16 => Span<short>()[index],
        DType.Int32 => Span<int>()[index],
        DType.Int64 => Span<long>()[index],
        _ => throw new InvalidOperationException($"cannot read elements of type {Type}"),
    };

    /// <summary>The values converted to <see cref="DType.Int32"/>; returns this tensor if it already is.</summary>
    /// <exception cref="OverflowException">A value does not fit 32 bits.</exception>
    public Tensor ToInt32()
    {
        if (Type == DType.Int32)
        {
            return this;
        }

        var result = new Tensor(DType.Int32, Shape);
        Span<int> to = result.Span<int>();
        for (int i = 0; i < to.Length; i++)
        {
            double value = this[i];
            to[i] = value is >= int.MinValue and <= int.MaxValue
                ? (int)value
                : throw new OverflowException(string.Create(CultureInfo.InvariantCulture, $"the value {value} at flat index {i} of {Shape} is no 32-bit integer"));
        }

        return result;
    }
}
