using System.IO.Compression;

namespace HandMeshEngine.Evaluation.DataSets;

/// <summary>
/// The numeric and character arrays of a MATLAB 5 file (little or big endian, compressed elements included), column-major as they lie
/// there. Structures, cells and sparse arrays are passed over.
/// </summary>
internal sealed class MatFile
{
    private const long LargestFile = 256 << 20;
    private const int LargestElement = 256 << 20;
    private const int Matrix = 14;
    private const int Compressed = 15;

    private readonly Dictionary<string, MatArray> _arrays = new(StringComparer.Ordinal);
    private readonly string _file;
    private bool _bigEndian;

    private MatFile(string file) => _file = file;

    /// <summary>Reads a file.</summary>
    /// <exception cref="DataSetException">It cannot be read or is damaged.</exception>
    public static MatFile Read(string path)
    {
        var mat = new MatFile(path);
        try
        {
            if (new FileInfo(path).Length > LargestFile)
            {
                throw new DataSetException(path, "the file is too large for annotations");
            }

            using FileStream stream = RegularFile.OpenRead(path);
            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            mat.Parse(bytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataSetException(path, $"the file cannot be read ({error.Message.TrimEnd('.')})", error);
        }
        catch (Exception error) when (error is ArgumentException or OverflowException or InvalidDataException)
        {
            throw new DataSetException(path, "the MATLAB file is damaged", error);
        }

        return mat;
    }

    /// <summary>An array by name.</summary>
    /// <exception cref="DataSetException">There is none.</exception>
    public MatArray this[string name] => _arrays.TryGetValue(name, out MatArray? array)
        ? array
        : throw new DataSetException(_file, $"there is no array '{name}'; it has {(_arrays.Count == 0 ? "none" : string.Join(", ", _arrays.Keys.Take(8)))}");

    private void Parse(ReadOnlySpan<byte> file)
    {
        const int headerLength = 128;
        if (file.Length < headerLength || file[126..128] is not [(byte)'I', (byte)'M'] and not [(byte)'M', (byte)'I'])
        {
            throw new DataSetException(_file, "this is no MATLAB 5 file (a file of version 7.3 is HDF5: save it again with -v7)");
        }

        _bigEndian = file[126] == 'M';
        ReadOnlySpan<byte> rest = file[headerLength..];
        while (rest.Length >= 8)
        {
            ReadOnlySpan<byte> data = Element(rest, out int type, out int total);
            if (type == Compressed)
            {
                byte[] inflated = Inflate(data);
                data = Element(inflated, out type, out _);
            }

            if (type == Matrix)
            {
                ReadMatrix(data);
            }

            rest = rest[Math.Min(total, rest.Length)..];
        }
    }

    private static byte[] Inflate(ReadOnlySpan<byte> data)
    {
        using var source = new MemoryStream(data.ToArray(), writable: false);
        using var inflater = new ZLibStream(source, CompressionMode.Decompress);
        using var target = new MemoryStream();
        byte[] block = new byte[1 << 16];
        for (int read; (read = inflater.Read(block)) > 0;)
        {
            target.Write(block, 0, read);
            if (target.Length > LargestElement)
            {
                throw new InvalidDataException("an element is too large");
            }
        }

        return target.ToArray();
    }

    // A tag of eight bytes, or four where the data has at most four bytes; data is padded to eight unless it is compressed.
    private ReadOnlySpan<byte> Element(ReadOnlySpan<byte> bytes, out int type, out int total)
    {
        int first = Int32(bytes);
        if (first >>> 16 != 0)
        {
            (type, total) = (first & 0xffff, 8);
            return bytes.Slice(4, Math.Min(first >>> 16, 4));
        }

        type = first;
        int length = Int32(bytes[4..]);
        total = checked(8 + (type == Compressed ? length : (length + 7) / 8 * 8));
        return bytes.Slice(8, length);
    }

    private int Int32(ReadOnlySpan<byte> bytes) =>
        _bigEndian ? BinaryPrimitives.ReadInt32BigEndian(bytes) : BinaryPrimitives.ReadInt32LittleEndian(bytes);

    private void ReadMatrix(ReadOnlySpan<byte> data)
    {
        const int character = 4, firstNumeric = 6, lastNumeric = 15;
        ReadOnlySpan<byte> flags = Element(data, out _, out int used);
        int kind = Int32(flags) & 0xff;
        data = data[used..];
        ReadOnlySpan<byte> dimensions = Element(data, out _, out used);
        int[] shape = new int[dimensions.Length / 4];
        for (int i = 0; i < shape.Length; i++)
        {
            shape[i] = Int32(dimensions[(4 * i)..]);
        }

        data = data[used..];
        ReadOnlySpan<byte> name = Element(data, out _, out used);
        data = data[used..];
        if (kind is not (character or (>= firstNumeric and <= lastNumeric)) || data.IsEmpty)
        {
            return;
        }

        ReadOnlySpan<byte> values = Element(data, out int type, out _);
        long count = shape.Aggregate(1L, (product, extent) => checked(product * extent));
        double[] numbers = Numbers(type, values);
        if (numbers.Length != count)
        {
            throw new InvalidDataException("an array does not have the values that its shape needs");
        }

        _arrays[Encoding.ASCII.GetString(name)] = new MatArray(shape, numbers);
    }

    private double[] Numbers(int type, ReadOnlySpan<byte> values)
    {
        int size = type switch { 1 or 2 or 16 => 1, 3 or 4 or 17 => 2, 5 or 6 or 7 => 4, 9 or 12 or 13 => 8, _ => 0 };
        if (size == 0)
        {
            throw new InvalidDataException($"an array has values of type {type}");
        }

        double[] numbers = new double[values.Length / size];
        Span<byte> one = stackalloc byte[8];
        for (int i = 0; i < numbers.Length; i++)
        {
            Span<byte> value = one[..size];
            values.Slice(i * size, size).CopyTo(value);
            if (_bigEndian == BitConverter.IsLittleEndian)
            {
                value.Reverse();
            }

            numbers[i] = type switch
            {
                1 => (sbyte)value[0],
                2 or 16 => value[0],
                3 => BitConverter.ToInt16(value),
                4 or 17 => BitConverter.ToUInt16(value),
                5 => BitConverter.ToInt32(value),
                6 => BitConverter.ToUInt32(value),
                7 => BitConverter.ToSingle(value),
                9 => BitConverter.ToDouble(value),
                12 => BitConverter.ToInt64(value),
                _ => BitConverter.ToUInt64(value),
            };
        }

        return numbers;
    }
}

/// <summary>An array of a MATLAB file; characters as their codes.</summary>
/// <param name="Shape">Extents; the first runs fastest.</param>
/// <param name="Values">Column-major.</param>
internal sealed record MatArray(int[] Shape, double[] Values)
{
    /// <summary>Refuses another shape; -1 takes any extent.</summary>
    /// <exception cref="DataSetException">The shape differs.</exception>
    public MatArray Require(string file, string name, params int[] shape)
    {
        bool fits = Shape.Length == shape.Length && Shape.Zip(shape).All(pair => pair.Second < 0 || pair.First == pair.Second);
        return fits
            ? this
            : throw new DataSetException(file, $"'{name}' is [{string.Join(", ", Shape)}], expected [{string.Join(", ", shape.Select(e => e < 0 ? "any" : e.ToString(System.Globalization.CultureInfo.InvariantCulture)))}]");
    }
}
