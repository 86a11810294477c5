using System.Buffers.Binary;
using HandMeshEngine.Server.Models;

namespace HandMeshEngine.Server.Tensors;

/// <summary>One tensor of a request. Elements are packed, little-endian; strings are a list.</summary>
internal sealed class InputTensor
{
    private const int MostDimensions = 8;

    private InputTensor(string name, DataType type, long[] shape)
    {
        if (shape.Length is 0 or > MostDimensions)
        {
            throw Refusal.Invalid($"{name} has {shape.Length} dimensions; give 1 to {MostDimensions}");
        }

        long elements = 1;
        foreach (long side in shape)
        {
            if (side < 0 || (side > 0 && elements > int.MaxValue / side))
            {
                throw Refusal.Invalid($"{name} has the shape [{string.Join(", ", shape)}], which is none or has more than 2^31 elements");
            }

            elements *= side;
        }

        (Name, DataType, Shape, Elements) = (name, type, shape, (int)elements);
    }

    public string Name { get; }

    public DataType DataType { get; }

    public long[] Shape { get; }

    public int Elements { get; }

    /// <summary>Elements of a fixed size.</summary>
    public ReadOnlyMemory<byte> Data { get; private init; }

    /// <summary>Elements that are strings.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Strings { get; private init; } = [];

    /// <summary>A tensor of numbers.</summary>
    /// <exception cref="Refusal">The shape and the number of bytes do not agree.</exception>
    public static InputTensor Numbers(string name, DataType type, long[] shape, ReadOnlyMemory<byte> data)
    {
        var tensor = new InputTensor(name, type, shape) { Data = data };
        return data.Length == (long)tensor.Elements * type.Size()
            ? tensor
            : throw Refusal.Invalid($"{name} has {data.Length} bytes, but its shape [{string.Join(", ", shape)}] of {type.Name()} takes {(long)tensor.Elements * type.Size()}");
    }

    /// <summary>A tensor of strings.</summary>
    /// <exception cref="Refusal">The shape and the number of strings do not agree.</exception>
    public static InputTensor OfStrings(string name, long[] shape, IReadOnlyList<ReadOnlyMemory<byte>> strings)
    {
        var tensor = new InputTensor(name, DataType.Bytes, shape) { Strings = strings };
        return strings.Count == tensor.Elements
            ? tensor
            : throw Refusal.Invalid($"{name} has {strings.Count} strings, but its shape [{string.Join(", ", shape)}] takes {tensor.Elements}");
    }

    /// <summary>A tensor as the binary extension has it: numbers as they are, each string with its length before it.</summary>
    /// <exception cref="Refusal">The bytes do not fit the shape.</exception>
    public static InputTensor Packed(string name, DataType type, long[] shape, ReadOnlyMemory<byte> data)
    {
        if (type != DataType.Bytes)
        {
            return Numbers(name, type, shape, data);
        }

        var strings = new List<ReadOnlyMemory<byte>>();
        for (ReadOnlyMemory<byte> rest = data; rest.Length > 0;)
        {
            uint length = rest.Length < sizeof(uint) ? uint.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(rest.Span);
            if (length > rest.Length - sizeof(uint))
            {
                throw Refusal.Invalid($"string {strings.Count} of {name} is longer than what follows its length (4 bytes, little-endian)");
            }

            strings.Add(rest.Slice(sizeof(uint), (int)length));
            rest = rest[(sizeof(uint) + (int)length)..];
        }

        return OfStrings(name, shape, strings);
    }

    /// <summary>All numbers, as doubles.</summary>
    /// <exception cref="Refusal">They are strings or whole numbers.</exception>
    public double[] ToDoubles()
    {
        ReadOnlySpan<byte> data = Data.Span;
        double[] values = new double[Elements];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = DataType switch
            {
                DataType.Fp64 => BinaryPrimitives.ReadDoubleLittleEndian(data[(8 * i)..]),
                DataType.Fp32 => BinaryPrimitives.ReadSingleLittleEndian(data[(4 * i)..]),
                _ => throw Refusal.Invalid($"{Name} is {DataType.Name()}; send FP64 or FP32"),
            };
        }

        return values;
    }

    /// <summary>Checks the sides behind the first, which counts images.</summary>
    /// <exception cref="Refusal">They are others.</exception>
    public void RequireShape(TensorInfo info, int images)
    {
        // [N] instead of [N, 1] is what many clients send.
        bool isFlat = Shape is [_] && info.Shape is [-1, 1];
        bool fits = isFlat || (Shape.Length == info.Shape.Length && Shape.Skip(1).SequenceEqual(info.Shape.Skip(1)));
        if (!fits || Shape[0] != images)
        {
            string wanted = string.Join(", ", info.Shape.Skip(1).Prepend(images));
            throw Refusal.Invalid($"{Name} has the shape [{string.Join(", ", Shape)}]; for {images} images it must be [{wanted}]");
        }
    }
}
